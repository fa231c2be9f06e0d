#include "extract/fact_regex.h"

namespace fakt {

FactRegex::FactRegex(const FactPrograms& programs, std::uint32_t number, std::string_view source)
    : program_(programs.programs[number]), source_(source) {
  auto begin = programs.groups.begin() + program_.groups_at;
  groups_.assign(begin, begin + program_.groups);
}

Regex& FactRegex::compiled() {
  if (regex_) return *regex_;
  regex_ = std::make_unique<Regex>(std::string(source_), Regex::Prefer::first);
  groups_.clear();
  for (std::size_t i = 1; i < regex_->group_names().size(); ++i) {
    const std::string& name = regex_->group_names()[i];
    bool own = name.size() > 1 && (name[0] == 's' || name[0] == 'm');
    groups_.push_back({own ? name[0] : ' ', static_cast<std::uint16_t>(own ? std::stoul(name.substr(1)) : 0)});
  }
  return *regex_;
}

bool FactRegex::captures(FactSearch& search, FactText& text, std::size_t from, std::span<const std::uint32_t> until,
                         Regex::Groups& out) {
  if (program_.entry == FactPrograms::kNone) return compiled().captures(text.text(), from, Regex::Anchor::none, out);
  return search.search(program_, text.subject(), text.starts(), text.first_start(from), until, out);
}

}  // namespace fakt
