#include "input/json.h"

#include <simdjson.h>

#include <algorithm>

namespace fakt {
namespace {

namespace dom = simdjson::dom;

static_assert(kJsonPadding >= simdjson::SIMDJSON_PADDING);

/// A tree of a line; broken JSON is told with its reason.
bool parse(dom::parser& parser, std::string_view line, dom::object& object, std::string& error) {
  dom::element root;
  if (auto code = parser.parse(line.data(), line.size(), false).get(root)) {
    error = simdjson::error_message(code);
    return false;
  }
  if (root.get(object)) {
    error = "a document must be a JSON object";
    return false;
  }
  return true;
}

/// A text as it is, a number or a truth value as JSON writes it.
std::string scalar(dom::element element) {
  std::string_view text;
  if (!element.get(text)) return std::string(text);
  return element.is_null() ? "" : simdjson::minify(element);
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// YYYY, YYYY-MM or YYYY-MM-DD at the head of a time stamp; else "".
std::string day_of(std::string_view stamp) {
  auto digits = [&](std::size_t at, std::size_t size) {
    return stamp.size() >= at + size && all_digits(stamp.substr(at, size));
  };
  if (!digits(0, 4)) return {};
  if (stamp.size() == 4) return std::string(stamp);
  if (stamp[4] != '-' || !digits(5, 2)) return {};
  if (stamp.size() == 7) return std::string(stamp);
  if (stamp[7] != '-' || !digits(8, 2) || (stamp.size() > 10 && all_digits(stamp.substr(10, 1)))) return {};
  return std::string(stamp.substr(0, 10));
}

}  // namespace

bool is_valid_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

bool parse_json_document(std::string_view line, const std::vector<std::string>& keep, Document& document,
                         std::string& error) {
  constexpr std::size_t kKept = 1 << 20;  // a line beyond it does not leave its memory to the others
  thread_local dom::parser shared;
  dom::parser own;
  dom::parser& parser = line.size() > kKept ? own : shared;
  dom::object object;
  if (!parse(parser, line, object, error)) return false;
  bool has_text = false;
  for (auto [key, value] : object) {
    std::string_view text;
    if (key == "text") {
      if (value.get(text)) return error = "\"text\" is no string", false;
      document.text = text;
      has_text = true;
    } else if (key == "id") {
      document.id = scalar(value);
    } else if (key == "date") {
      if (!value.get(text)) document.date = day_of(text);
    } else if (key == "lang") {
      if (!value.get(text)) document.lang = text;
    }
    auto kept = [key = key](const auto& other) { return other.first == key; };  // of a key given twice, the first
    if (std::find(keep.begin(), keep.end(), key) != keep.end() &&
        std::none_of(document.kept.begin(), document.kept.end(), kept))
      document.kept.emplace_back(std::string(key), simdjson::minify(value));
  }
  if (!has_text) error = "no \"text\" in the document";
  return has_text;
}

bool parse_gold_record(std::string_view line, GoldRecord& record, std::string& error) {
  thread_local dom::parser parser;
  dom::object object;
  if (!parse(parser, line, object, error)) return false;
  auto number = [](dom::element element) {
    std::uint64_t n = 0;
    return element.get(n) ? 0 : n;
  };
  for (auto [key, value] : object) {
    if (key == "doc") record.doc = scalar(value);
    if (key == "type") record.type = scalar(value);
    if (key == "text") record.text = scalar(value);
    if (key == "predicate") record.predicate = scalar(value);
    if (key == "start") record.start = number(value);
    if (key == "end") record.end = number(value);
    if (key == "optional") record.optional = value.is_bool() && bool(value);
    if (key == "value" && !value.is_null()) record.values.insert(record.values.begin(), scalar(value));
    if (key == "args" && value.is_array()) {
      for (dom::element element : dom::array(value)) {
        dom::object arg;
        if (element.get(arg)) return error = "an element of \"args\" is no object", false;
        GoldArgument& out = record.args.emplace_back();
        for (auto [name, field] : arg) {
          if (name == "role") out.role = scalar(field);
          if (name == "text") out.text = scalar(field);
          if (name == "start") out.start = number(field);
          if (name == "end") out.end = number(field);
          if (name == "optional") out.optional = field.is_bool() && bool(field);
        }
      }
    }
  }
  dom::array more;
  if (!record.values.empty() && !object["values"].get(more))
    for (dom::element value : more) record.values.push_back(scalar(value));
  if (record.doc.empty()) error = "no \"doc\" in the gold record";
  return !record.doc.empty();
}

}  // namespace fakt
