#include "pattern/packs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <set>

#include "pattern/builtin.h"

namespace fakt {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLanguageFile = "text.toml";  ///< makes a language of its folder

bool is_pattern_file(const fs::path& path) { return path.extension() == ".toml" || path.extension() == ".tsv"; }

/// Of a built-in language, or shared by all; other folders are of a language if they hold kLanguageFile.
bool is_builtin_folder(std::string_view name) {
  return name == "common" || name == "names" ||
         std::any_of(builtin().languages.begin(), builtin().languages.end(),
                     [&](const LanguageHead& head) { return head.name == name; });
}

bool is_pack_folder(const fs::path& folder) {
  return is_builtin_folder(folder.filename().string()) || fs::exists(folder / kLanguageFile);
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(fmt::format("{}: {}", path.string(), std::strerror(errno)));
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The path within the pack: from the last folder that is named as one of a pack on.
std::string path_in_pack(const fs::path& file, const fs::path& root) {
  std::string within = root.empty() ? file.filename().string() : file.lexically_relative(root).generic_string();
  if (within.find('/') == std::string::npos) {
    fs::path parent = fs::absolute(file).lexically_normal().parent_path();
    if (is_pack_folder(parent)) return parent.filename().string() + "/" + within;
  }
  return within;
}

/// Files in folders that are neither of a language nor of those that all share count for all languages.
void share_other_folders(std::vector<PatternSource>& sources) {
  std::set<std::string> languages;
  for (const auto& source : sources)
    if (source.path == source.folder() + "/" + std::string(kLanguageFile)) languages.insert(source.folder());
  for (auto& source : sources)
    if (std::string folder = source.folder(); !is_builtin_folder(folder) && !languages.contains(folder))
      source.path = "common/" + source.path;
}

void add(const fs::path& file, const fs::path& root, std::vector<PatternSource>& sources) {
  PatternSource source{path_in_pack(file, root), file.string(), read_file(file), true};
  auto same =
      std::find_if(sources.begin(), sources.end(), [&](const PatternSource& s) { return s.path == source.path; });
  if (same != sources.end())
    *same = std::move(source);
  else
    sources.push_back(std::move(source));
}

std::vector<PatternSource> builtin_patterns() {
  std::vector<PatternSource> sources;
  for (const BuiltInFile& file : builtin().files)
    sources.push_back({file.path.str(), file.display.str(), file.text.str(), false});
  return sources;
}

/// The sets of all languages in the sources, made by make(language, diagnostics), side by side since that may take a
/// second or two.
template <typename Make>
PatternSets load(const std::vector<PatternSource>& sources, Make make) {
  auto languages = languages_of(sources);
  if (languages.empty()) languages.push_back("common");
  struct Made {
    std::shared_ptr<PatternSet> set;
    Diagnostics diagnostics;
  };
  std::vector<std::future<Made>> all;
  for (const auto& lang : languages)
    all.push_back(std::async(std::launch::async, [&make, lang] {
      Made made;
      made.set = make(lang, made.diagnostics);
      return made;
    }));
  Diagnostics diagnostics;
  PatternSets sets;
  for (auto& future : all) {
    Made made = future.get();
    diagnostics.add_all(made.diagnostics);
    LanguageHead head = head_of(*made.set);
    sets.add(std::move(head), std::move(made.set));
  }
  for (const auto& source : sources) {
    if (source.folder() != "names") continue;
    bool known = false;
    sets.each([&](const PatternSet& set) { known |= set.find_type(source.names_type()) != nullptr; });
    if (!known)
      diagnostics.add({source.display, 1},
                      fmt::format("a list of names of the type {}, which no pattern file has", source.names_type()));
  }
  diagnostics.raise();
  return sets;
}

/// What is built in, to be changed as if it had just been built.
std::shared_ptr<BuiltIn> copy_of_builtin() {
  std::string_view image = builtin_image();
  void* bytes = std::memcpy(::operator new(image.size()), image.data(), image.size());
  return {static_cast<BuiltIn*>(bytes), [](BuiltIn* copy) {
            std::destroy_at(copy);
            ::operator delete(copy);
          }};
}

/// The set of a language in the copy; null if there is none.
std::shared_ptr<PatternSet> copy_of(std::string_view lang, const std::shared_ptr<BuiltIn>& copy) {
  for (const auto& set : copy->sets)
    if (set->language().name == lang)
      return {const_cast<PatternSet*>(set.get()), [copy](PatternSet* of_copy) { std::destroy_at(of_copy); }};
  return nullptr;
}

}  // namespace

std::vector<PatternSource> pattern_sources(const std::vector<std::string>& paths, bool with_builtin) {
  std::vector<PatternSource> sources;
  if (with_builtin) sources = builtin_patterns();
  for (const auto& path : paths) {
    std::error_code code;
    if (!fs::is_directory(path, code)) {
      if (!fs::exists(path, code)) throw Error(fmt::format("{}: {}", path, std::strerror(ENOENT)));
      add(path, {}, sources);
      continue;
    }
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator it(path, code), end; !code && it != end; it.increment(code))
      if (it->is_regular_file() && is_pattern_file(it->path())) files.push_back(it->path());
    if (code) throw Error(fmt::format("{}: {}", path, code.message()));
    if (files.empty()) throw Error(fmt::format("{}: no .toml or .tsv file in this folder", path));
    std::sort(files.begin(), files.end());
    for (const auto& file : files) add(file, path, sources);
  }
  share_other_folders(sources);
  return sources;
}

PatternSets load_sets(const std::vector<PatternSource>& sources) {
  return load(sources, [&](const std::string& lang, Diagnostics& diagnostics) {
    return PatternSet::build(lang, sources, diagnostics);
  });
}

PatternSets load_on_builtin(const std::vector<std::string>& paths) {
  auto own = pattern_sources(paths, false), all = pattern_sources(paths, true);
  auto replaced_for = [&](const std::string& lang) {
    return std::any_of(own.begin(), own.end(), [&](const PatternSource& source) {
      std::string folder = source.folder();
      bool concerns = folder == lang || folder == "common" || folder == "names";
      return concerns && std::any_of(builtin().files.begin(), builtin().files.end(),
                                     [&](const BuiltInFile& file) { return file.path == source.path; });
    });
  };
  auto copy = copy_of_builtin();
  return load(all, [&](const std::string& lang, Diagnostics& diagnostics) {
    Diagnostics own_mistakes;
    std::shared_ptr<PatternSet> set = replaced_for(lang) ? nullptr : copy_of(lang, copy);
    if (!set || !set->extend(own, own_mistakes)) return std::shared_ptr(PatternSet::build(lang, all, diagnostics));
    diagnostics.add_all(own_mistakes);
    return set;
  });
}

PatternSets builtin_pattern_sets() {
  PatternSets sets;
  for (std::size_t i = 0; i < builtin().sets.size(); ++i)
    sets.add(builtin().languages[i], {std::shared_ptr<void>(), builtin().sets[i].get()});
  return sets;
}

std::string freeze_patterns(const std::string& folder) {
  auto sources = pattern_sources({folder}, false);
  BuiltIn out;
  for (auto& source : sources) {
    source.display = "patterns/" + source.path, source.own = false;
    out.files.push_back({source.path, source.display, source.text});
  }
  PatternSets sets = load_sets(sources);
  for (const auto& language : sets.languages()) out.languages.push_back(language);
  sets.each([&](const PatternSet& set) { out.sets.push_back(&set); });
  return freeze(out);
}

}  // namespace fakt
