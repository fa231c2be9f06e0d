#include "pattern/toml_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace fakt {

std::string TomlValues::text(const toml::key& key, const toml::node& node) {
  if (auto* value = node.as_string()) return value->get();
  wrong(key, fmt::format("{} must be a text, in quotation marks", key.str()));
  return {};
}

double TomlValues::number(const toml::key& key, const toml::node& node) {
  if (auto value = node.value<double>(); value && node.is_number() && std::isfinite(*value)) return *value;
  wrong(key, fmt::format("{} must be a number", key.str()));
  return 0;
}

int TomlValues::whole(const toml::key& key, const toml::node& node) {
  if (auto value = node.value<int>(); value && node.is_integer()) return *value;
  wrong(key, fmt::format("{} must be a whole number", key.str()));
  return 0;
}

bool TomlValues::truth(const toml::key& key, const toml::node& node) {
  if (auto value = node.as_boolean()) return value->get();
  wrong(key, fmt::format("{} must be true or false", key.str()));
  return false;
}

std::string TomlValues::scalar(const toml::key& key, const toml::node& node) {
  if (auto* value = node.as_string()) return value->get();
  if (auto* value = node.as_integer()) return std::to_string(value->get());
  if (auto* value = node.as_floating_point()) return fmt::format("{}", value->get());
  if (auto* value = node.as_boolean()) return value->get() ? "true" : "false";
  wrong(key, fmt::format("the value of {} must be a text or a number", key.str()));
  return {};
}

/// A line break directly behind ''' is no part of the text, which then begins a line below.
Written TomlValues::written(const toml::key& key, const toml::node& node) {
  Written out{text(key, node), line_of(node)};
  auto breaks = std::count(out.text.begin(), out.text.end(), '\n');
  if (static_cast<int>(node.source().end.line) - out.line > breaks) ++out.line;
  return out;
}

std::vector<Written> TomlValues::texts(const toml::key& key, const toml::node& node) {
  std::vector<Written> out;
  if (auto* list = node.as_array()) {
    for (auto& item : *list) out.push_back(written(key, item));
  } else {
    out.push_back(written(key, node));
  }
  return out;
}

std::vector<std::string> TomlValues::words(const toml::key& key, const toml::node& node) {
  std::vector<std::string> out;
  for (Written& word : texts(key, node)) out.push_back(std::move(word.text));
  return out;
}

Written TomlValues::regex(const toml::key& key, const toml::node& node) {
  auto parts = texts(key, node);
  if (parts.empty()) wrong(key, fmt::format("{} is an empty list", key.str()));
  if (parts.size() == 1) return parts[0];
  std::string all = "(?:";
  int line = parts.empty() ? line_of(node) : parts[0].line;
  int at = line;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (; at < parts[i].line; ++at) all += '\n';
    if (i) all += "|";
    all += "(?:" + parts[i].text + "\n)";  // the line break ends a comment
    at += 1 + static_cast<int>(std::count(parts[i].text.begin(), parts[i].text.end(), '\n'));
  }
  return {all + ")", line};
}

void TomlValues::entries(const toml::key& key, const toml::node& node, const Each& each) {
  auto* table = node.as_table();
  if (!table) return wrong(key, fmt::format("{} must be a table", key.str()));
  std::vector<std::pair<const toml::key*, const toml::node*>> written;
  for (auto&& [name, value] : *table) written.emplace_back(&name, &value);
  auto place = [](const auto& entry) {
    auto begin = entry.first->source().begin;
    return std::pair(begin.line, begin.column);
  };
  std::stable_sort(written.begin(), written.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  for (auto [name, value] : written) each(*name, *value);
}

std::vector<std::pair<std::string, std::string>> TomlValues::scalars(const toml::key& key, const toml::node& node) {
  std::vector<std::pair<std::string, std::string>> out;
  entries(key, node, [&](const toml::key& name, const toml::node& value) {
    out.emplace_back(std::string(name.str()), scalar(name, value));
  });
  return out;
}

std::vector<std::pair<std::string, Written>> TomlValues::regexes(const toml::key& key, const toml::node& node) {
  std::vector<std::pair<std::string, Written>> out;
  entries(key, node, [&](const toml::key& name, const toml::node& value) {
    out.emplace_back(std::string(name.str()), regex(name, value));
  });
  return out;
}

}  // namespace fakt
