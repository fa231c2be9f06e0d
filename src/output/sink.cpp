#include "output/sink.h"

#include <algorithm>

namespace fakt {

using MakeSink = std::unique_ptr<Sink> (*)(const OutputOptions&);
std::unique_ptr<Sink> make_jsonl(const OutputOptions& options);
std::unique_ptr<Sink> make_table(const OutputOptions& options);
std::unique_ptr<Sink> make_csv(const OutputOptions& options);
std::unique_ptr<Sink> make_tsv(const OutputOptions& options);
std::unique_ptr<Sink> make_grep(const OutputOptions& options);
std::unique_ptr<Sink> make_html(const OutputOptions& options);

namespace {

/// One line a format.
const std::vector<std::pair<std::string, MakeSink>> kSinks = {
    {"jsonl", make_jsonl}, {"table", make_table}, {"csv", make_csv},
    {"tsv", make_tsv},     {"grep", make_grep},   {"html", make_html},
};

}  // namespace

const std::vector<std::string>& sink_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const auto& [name, make] : kSinks) names.push_back(name);
    return names;
  }();
  return kNames;
}

std::unique_ptr<Sink> make_sink(const OutputOptions& options) {
  for (const auto& [name, make] : kSinks)
    if (name == options.format) return make(options);
  return nullptr;
}

}  // namespace fakt
