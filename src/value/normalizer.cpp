#include "value/normalizer.h"

#include <array>
#include <utility>

namespace fakt {

bool normalize_date(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_dateline(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_duration(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_money(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_quantity(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_set(const Captures& captures, const ValueContext& context, Mention& mention);
bool normalize_time(const Captures& captures, const ValueContext& context, Mention& mention);

namespace {

/// One line a normaliser.
constexpr std::array<std::pair<std::string_view, Normalizer>, 8> kNormalizers = {{
    {"date", normalize_date},
    {"dateline", normalize_dateline},
    {"duration", normalize_duration},
    {"money", normalize_money},
    {"percent", normalize_quantity},
    {"quantity", normalize_quantity},
    {"set", normalize_set},
    {"time", normalize_time},
}};

}  // namespace

Normalizer find_normalizer(std::string_view type) {
  for (const auto& [name, normalizer] : kNormalizers)
    if (name == type) return normalizer;
  return nullptr;
}

const Capture* Captures::find(std::string_view slot) const {
  for (const auto& capture : items)
    if (capture.slot == slot) return &capture;
  return nullptr;
}

std::string_view Captures::text(std::string_view slot) const {
  const Capture* capture = find(slot);
  return capture ? capture->text : std::string_view();
}

std::string_view Captures::meaning(std::string_view slot) const {
  const Capture* capture = find(slot);
  return capture ? capture->meaning() : std::string_view();
}

}  // namespace fakt
