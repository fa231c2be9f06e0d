#include "pattern/macro.h"

#include <fmt/format.h>

#include <algorithm>

#include "pattern/syntax.h"
#include "text/unicode.h"

namespace fakt {
namespace {

bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

class Expander {
 public:
  Expander(const Lookup& lookup, Expanded& out) : lookup_(lookup), out_(out) {}

  void expand(std::string_view text, Spaces spaces) {
    std::size_t i = 0;
    while (i < text.size()) {
      char c = text[i];
      if (c == '\\') {
        copy_escape(text, i);
      } else if (c == '[') {
        copy_class(text, i);
      } else if (c == '{' && i + 1 < text.size() && (text[i + 1] == '_' || is_letter(text[i + 1]))) {
        reference(text, i);
      } else if (ascii_space(c)) {
        space(text, i, spaces);
      } else if (c == '#' && spaces == Spaces::nothing) {
        i = std::min(text.find('\n', i), text.size());
      } else if (text.substr(i).starts_with("«")) {
        if (in_mark_) throw Error("a mark « inside another");
        in_mark_ = true;
        out_.regex += fmt::format("(?P<m{}>", out_.marks++);
        i += 2;
      } else if (text.substr(i).starts_with("»")) {
        if (!in_mark_) throw Error("a mark » without its «");
        in_mark_ = false;
        out_.regex += ')';
        i += 2;
      } else {
        out_.regex += c;
        ++i;
      }
    }
  }

  bool in_mark() const { return in_mark_; }

 private:
  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  void copy_escape(std::string_view text, std::size_t& i) {
    std::size_t begin = i;
    i += 2;
    if (begin + 2 < text.size() && text[begin + 2] == '{' &&
        std::string_view("xpP").find(text[begin + 1]) != std::string_view::npos)
      i = std::min(text.find('}', i), text.size() - 1) + 1;
    i = std::min(i, text.size());
    out_.regex += text.substr(begin, i - begin);
  }

  void copy_class(std::string_view text, std::size_t& i) {
    std::size_t end = i + 1;
    if (end < text.size() && text[end] == '^') ++end;
    if (end < text.size() && text[end] == ']') ++end;
    while (end < text.size() && text[end] != ']') {
      if (text[end] == '\\')
        ++end;
      else if (text.substr(end).starts_with("[:"))
        end = std::min(text.find(":]", end), text.size() - 2) + 1;
      ++end;
    }
    end = std::min(end + 1, text.size());
    out_.regex += text.substr(i, end - i);
    i = end;
  }

  void space(std::string_view text, std::size_t& i, Spaces spaces) {
    std::size_t begin = i;
    while (i < text.size() && ascii_space(text[i])) ++i;
    if (spaces == Spaces::gap) {
      named("_", "", false);
      return;
    }
    if (begin == 0 || i == text.size()) return;
    char32_t left = decode_before(text, begin).value, right = decode(text, i).value;
    bool escaped = begin >= 2 && text[begin - 2] == '\\';
    if (is_word(left) && is_word(right) && !escaped) {
      std::string l, r;
      append_utf8(l, left), append_utf8(r, right);
      throw Error(fmt::format("the space between '{}' and '{}' matches nothing; write {{_}}", l, r));
    }
  }

  /// {name}, {name?}, {slot:name}, {slot:name?}, {role:type+}
  void reference(std::string_view text, std::size_t& i) {
    std::size_t end = text.find('}', i);
    if (end == std::string_view::npos) throw Error("a { without its }");
    std::string_view inside = text.substr(i + 1, end - i - 1);
    i = end + 1;
    std::string_view slot;
    if (std::size_t colon = inside.find(':'); colon != std::string_view::npos) {
      slot = inside.substr(0, colon);
      inside.remove_prefix(colon + 1);
      if (slot.empty() || !std::all_of(slot.begin(), slot.end(), name_char))
        throw Error(fmt::format("bad name of a slot in {{{}:{}}}", slot, inside));
    }
    bool optional = inside.ends_with('?');
    if (optional) inside.remove_suffix(1);
    named(inside, slot, optional);
  }

  void named(std::string_view name, std::string_view slot, bool optional) {
    bool many = name.ends_with('+');
    if (many) name.remove_suffix(1);
    Named what = lookup_(name);
    if (what.kind == Named::Kind::none) throw Error(fmt::format("unknown macro {{{}}}", name));
    if (many && what.kind != Named::Kind::type)
      throw Error(fmt::format("{{{}+}}: only a type of mentions can be a list", name));
    if (std::find(open_.begin(), open_.end(), name) != open_.end())
      throw Error(fmt::format("{{{}}} is defined by itself", name));
    if (open_.size() > 40 || out_.regex.size() > (1u << 20))
      throw Error(fmt::format("{{{}}} grows beyond 1 MiB", name));
    if (slot.empty()) {
      out_.regex += "(?:";
    } else {
      out_.regex += fmt::format("(?P<s{}>", out_.slots.size());
      out_.slots.push_back({std::string(slot), what.table, what.type, many});
    }
    if (!what.type.empty() && std::find(out_.types.begin(), out_.types.end(), what.type) == out_.types.end())
      out_.types.push_back(what.type);
    open_.emplace_back(name);
    if (what.kind == Named::Kind::macro)
      expand(what.text, Spaces::nothing);
    else
      out_.regex += what.text;
    open_.pop_back();
    if (many) further(what.text);
    out_.regex += optional ? ")?" : ")";
  }

  /// The rest of a coordination: ", ‹org› und ‹org›".
  void further(const std::string& token) {
    out_.regex += "(?:";
    named("and", "", false);
    out_.regex += token + ")*";
  }

  const Lookup& lookup_;
  Expanded& out_;
  std::vector<std::string> open_;
  bool in_mark_ = false;
};

}  // namespace

Expanded expand_regex(std::string_view source, Spaces spaces, const Lookup& lookup) {
  Expanded out;
  Expander expander(lookup, out);
  expander.expand(source, spaces);
  if (expander.in_mark()) throw Error("a mark « without its »");
  return out;
}

}  // namespace fakt
