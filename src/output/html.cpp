#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "output/sink.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// The page may load and run nothing but this style, which the policy names by its SHA-256.
constexpr std::string_view kStyle =
    "body{font:16px/1.6 system-ui,sans-serif;max-width:50em;margin:2em auto;padding:0 1em;color:#222;background:#fff}"
    "h2{font-size:1em;overflow-wrap:anywhere;border-bottom:1px solid #ccc;margin-top:3em}"
    ".text{white-space:pre-wrap;overflow-wrap:anywhere}"
    "mark{color:inherit;background:#ddd;border-radius:3px;padding:0 2px}"
    "mark.money{background:#bfe3c0}mark.date{background:#c5dcf7}mark.chip{background:#f6d3ae}mark.org{background:#"
    "e5cdf0}"
    "table{border-collapse:collapse;font-size:.9em}td,th{text-align:left;vertical-align:top;padding:.1em .8em .1em 0}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}h2{border-color:#555}mark{background:#555}"
    "mark.money{background:#24512a}mark.date{background:#1f426b}mark.chip{background:#6b4417}mark.org{background:#"
    "4e2a61}}";
constexpr std::string_view kStyleHash = "sha256-WLgtCcfehTISSA8MeZjazllA81/8DOHVwtrXHlhMT+k=";

/// A text that can be nothing but text, between tags or in an attribute; what steers a display becomes visible.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto [c, size] = decode(text, i);
    if (c == '&' || c == '<' || c == '>' || c == '"' || c == '\'')
      out += fmt::format("&#{};", static_cast<unsigned>(c));
    else if (c != '\n' && c != '\t' && c != '\r' && steers_terminal(c))
      out += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
    else if (c != '\r')
      out.append(text, i, size);
    i += size;
  }
  return out;
}

/// Each article with its mentions marked, and its facts below, as one page that needs no other file.
class Html : public Sink {
 public:
  void begin(std::string& out) const override {
    out += fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri 'none'; "
        "form-action 'none'\">\n"
        "<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<title>fakt</title>\n<style>{}</style>\n</head>\n<body>\n",
        kStyleHash, kStyle);
  }

  void write(const DocumentRecords& all, std::string& out) const override {
    out += fmt::format("<h2>{}{}</h2>\n<div class=\"text\">", escaped(all.document.id),
                       all.document.offset_base ? fmt::format(", from byte {}", all.document.offset_base) : "");
    marked(all, out);
    out += "</div>\n";
    facts(all, out);
  }

  void end(std::string& out) const override { out += "</body>\n</html>\n"; }

 private:
  /// Mentions of different types may overlap, elements must not: each stretch between two borders is marked by itself,
  /// in the colour of the mention that began last.
  static void marked(const DocumentRecords& all, std::string& out) {
    std::string_view text = all.document.text;
    auto base = all.document.offset_base;
    std::vector<const Record*> mentions, open;
    std::vector<std::uint64_t> borders;
    for (const Record& r : all.records) {
      if (r.fact) continue;
      mentions.push_back(&r);
      borders.push_back(r.start - base), borders.push_back(r.end - base);
    }
    borders.push_back(text.size());
    std::sort(borders.begin(), borders.end());
    std::uint64_t at = 0;
    std::size_t next = 0;
    for (std::uint64_t border : borders) {
      stretch(text.substr(at, border - at), open, out);
      at = border;
      std::erase_if(open, [&](const Record* r) { return r->end - base <= at; });
      for (; next < mentions.size() && mentions[next]->start - base == at; ++next) open.push_back(mentions[next]);
    }
  }

  static void stretch(std::string_view text, const std::vector<const Record*>& open, std::string& out) {
    if (text.empty()) return;
    if (open.empty()) {
      out += escaped(text);
      return;
    }
    std::string title;
    for (const Record* r : open) {
      if (!title.empty()) title += "\n";
      title += fmt::format("{} {}", r->type, r->value);
      for (const auto& key : *r->keys) title += fmt::format(", {} {}", key.name, key.value);
    }
    out += fmt::format("<mark class=\"{}\" title=\"{}\">{}</mark>", escaped(open.back()->type), escaped(title),
                       escaped(text));
  }

  static void facts(const DocumentRecords& all, std::string& out) {
    bool any = false;
    for (const Record& r : all.records) {
      if (!r.fact) continue;
      if (!any) out += "<table>\n<tr><th>line</th><th>fact</th><th></th></tr>\n";
      any = true;
      std::string keys;
      for (const auto& key : *r.keys) keys += fmt::format("{}{} {}", keys.empty() ? "" : ", ", key.name, key.value);
      out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n", r.line, escaped(r.value), escaped(keys));
    }
    if (any) out += "</table>\n";
  }
};

}  // namespace

std::unique_ptr<Sink> make_html(const OutputOptions&) { return std::make_unique<Html>(); }

}  // namespace fakt
