#include "pattern/pattern_sets.h"

#include <algorithm>

#include "pattern/image.h"
#include "text/fold.h"

namespace fakt {

struct PatternSets::Entry {
  std::string_view image;  ///< empty: there is a set from the start
  std::unique_ptr<PatternSet> set;
  std::once_flag once;
};

template <typename Archive>
void fields(Archive& archive, LanguageHead& head) {
  archive(head.name, head.frequent, head.types);
}

PatternSets::PatternSets() = default;
PatternSets::PatternSets(PatternSets&&) noexcept = default;
PatternSets& PatternSets::operator=(PatternSets&&) noexcept = default;
PatternSets::~PatternSets() = default;

void PatternSets::add(std::unique_ptr<PatternSet> set) {
  LanguageHead head;
  head.name = set->language().name;
  set->language().list("frequent").each([&](std::string_view word, std::uint32_t) {
    head.frequent.push_back(hash_word(word));
  });
  std::sort(head.frequent.begin(), head.frequent.end());
  for (const auto& type : set->types())
    if (!type->is_fact) head.types.push_back(type->name);
  auto entry = std::make_unique<Entry>();
  entry->set = std::move(set);
  auto at = std::lower_bound(heads_.begin(), heads_.end(), head.name,
                             [](const LanguageHead& h, const std::string& name) { return h.name < name; });
  entries_.insert(entries_.begin() + (at - heads_.begin()), std::move(entry));
  heads_.insert(at, std::move(head));
}

const PatternSet& PatternSets::loaded(Entry& entry) const {
  std::call_once(entry.once, [&] {
    if (!entry.set) entry.set = PatternSet::thaw(entry.image);
  });
  return *entry.set;
}

const PatternSet* PatternSets::find(std::string_view language) const {
  for (std::size_t i = 0; i < heads_.size(); ++i)
    if (heads_[i].name == language) return &loaded(*entries_[i]);
  return nullptr;
}

void PatternSets::each(const std::function<void(const PatternSet&)>& visit) const {
  for (const auto& entry : entries_) visit(loaded(*entry));
}

std::string PatternSets::freeze() const {
  std::vector<std::string> images;
  for (const auto& entry : entries_) images.push_back(loaded(*entry).freeze());
  ImageWriter archive;
  std::vector<std::uint64_t> sizes;
  for (const auto& image : images) sizes.push_back(image.size());
  archive(heads_, sizes);
  std::string head = archive.take(), out;
  ImageWriter size;
  size(static_cast<std::uint64_t>(head.size()));
  out = size.take() + head;
  for (const auto& image : images) out += image;
  return out;
}

PatternSets PatternSets::from_image(std::string_view image) {
  PatternSets sets;
  std::uint64_t head = 0;
  ImageReader(image.substr(0, sizeof head))(head);
  std::vector<std::uint64_t> sizes;
  ImageReader(image.substr(sizeof head, head))(sets.heads_, sizes);
  std::size_t at = sizeof head + head;
  for (std::uint64_t size : sizes) {
    auto entry = std::make_unique<Entry>();
    entry->image = image.substr(at, size);
    sets.entries_.push_back(std::move(entry));
    at += size;
  }
  return sets;
}

}  // namespace fakt
