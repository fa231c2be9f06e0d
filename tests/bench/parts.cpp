// Times of the parts, each over the samples of one language, again and again. Figures are bytes of text a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "command/load.h"
#include "extract/extractor.h"
#include "output/sink.h"
#include "text/text_index.h"
#include "text/vocabulary.h"

namespace fakt {
namespace {

const PatternSets& sets() {
  static const PatternSets kSets = load_patterns({});
  return kSets;
}

/// The samples of a language, in the order of their names.
std::vector<Document> samples(const std::string& language) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(FAKT_ROOT "/samples")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  ExtractOptions options;
  options.types = {"money"};
  Extractor extractor(sets(), options);
  Extraction extraction;
  std::vector<Document> out;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    Document document;
    document.id = file.filename();
    document.text.assign(std::istreambuf_iterator<char>(in), {});
    extractor.run(document, extraction);
    if (document.lang == language) out.push_back(std::move(document));
  }
  return out;
}

std::int64_t bytes(const std::vector<Document>& documents) {
  std::size_t sum = 0;
  for (const auto& document : documents) sum += document.text.size();
  return static_cast<std::int64_t>(sum);
}

void scan(benchmark::State& state) {
  auto documents = samples("de");
  Vocabulary words;
  TextIndex index;
  for (auto _ : state)
    for (const auto& document : documents) {
      find_tokens(document.text, words, index);
      benchmark::DoNotOptimize(index.tokens.data());
    }
  state.SetBytesProcessed(state.iterations() * bytes(documents));
}

void sentences(benchmark::State& state) {
  auto documents = samples("de");
  const Language& language = sets().find("de")->language();
  Vocabulary words;
  std::vector<TextIndex> indices(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) find_tokens(documents[i].text, words, indices[i]);
  for (auto _ : state)
    for (std::size_t i = 0; i < documents.size(); ++i) {
      find_sentences(documents[i].text, language, indices[i]);
      benchmark::DoNotOptimize(indices[i].sentences.data());
    }
  state.SetBytesProcessed(state.iterations() * bytes(documents));
}

/// One type with all that it needs, from the text to values; "" is the default types together.
void extract(benchmark::State& state, const std::string& language, const std::string& type) {
  auto documents = samples(language);
  ExtractOptions options;
  options.lang = language;
  if (!type.empty()) options.types = {type};
  Extractor extractor(sets(), options);
  Extraction extraction;
  std::size_t found = 0;
  auto run_all = [&] {
    found = 0;
    for (auto& document : documents) {
      extractor.run(document, extraction);
      found += extraction.mentions.size() + extraction.facts.size();
    }
  };
  run_all();  // compiles what it needs, which is no part of the rate
  for (auto _ : state) run_all();
  state.counters["records"] = static_cast<double>(found);
  state.SetBytesProcessed(state.iterations() * bytes(documents));
}

void json_writer(benchmark::State& state) {
  auto documents = samples("de");
  Extractor extractor(sets(), {});
  std::vector<Extraction> extractions(documents.size());
  for (std::size_t i = 0; i < documents.size(); ++i) extractor.run(documents[i], extractions[i]);
  auto sink = make_sink({});
  std::string out;
  for (auto _ : state) {
    out.clear();
    for (std::size_t i = 0; i < documents.size(); ++i) sink->write(make_records(documents[i], extractions[i]), out);
    benchmark::DoNotOptimize(out.data());
  }
  state.counters["written"] =
      benchmark::Counter(static_cast<double>(out.size()) * static_cast<double>(state.iterations()),
                         benchmark::Counter::kIsRate, benchmark::Counter::kIs1024);
  state.SetBytesProcessed(state.iterations() * bytes(documents));
}

void register_all() {
  benchmark::RegisterBenchmark("scan", scan);
  benchmark::RegisterBenchmark("sentences", sentences);
  for (const auto& language : sets().languages()) {
    auto add = [&](const std::string& type) {
      benchmark::RegisterBenchmark(("extract/" + language.name + "/" + (type.empty() ? "default types" : type)).c_str(),
                                   [=, name = language.name](benchmark::State& state) { extract(state, name, type); });
    };
    for (const auto& type : language.types) add(type);
    add("fact");
    add("");
  }
  benchmark::RegisterBenchmark("json writer", json_writer);
}

}  // namespace
}  // namespace fakt

int main(int argc, char** argv) {
  fakt::register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
