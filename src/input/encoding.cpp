#include "input/encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "error.h"
#include "input/json.h"
#include "pattern/diagnostics.h"
#include "text/unicode.h"

namespace fakt {
namespace {

/// 0x80 to 0x9F of Windows-1252 as the WHATWG Encoding Standard maps them; the rest is Latin-1.
constexpr std::array<char32_t, 32> kUpper = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                             0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                             0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

constexpr std::string_view kWindows1252 = "windows-1252";

void append_windows1252(std::string_view bytes, std::string& out) {
  out.reserve(out.size() + bytes.size() + bytes.size() / 8);
  for (char byte : bytes) {
    auto c = static_cast<unsigned char>(byte);
    append_utf8(out, c >= 0x80 && c < 0xA0 ? kUpper[c - 0x80u] : c);
  }
}

/// Without the character that is cut at the end.
std::string_view without_cut(std::string_view head) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, head.size()); ++back) {
    auto c = static_cast<unsigned char>(head[head.size() - back]);
    if (c >= 0xC0) return head.substr(0, head.size() - back);
    if (c < 0x80) break;
  }
  return head;
}

}  // namespace

bool has_utf16_mark(std::string_view head) { return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF"); }

std::string detect_encoding(std::string_view head, bool whole) {
  if (has_utf16_mark(head)) return "utf-16";
  if (!whole) head = without_cut(head);
  if (is_valid_utf8(head)) return {};
  std::string copy(head);
  Utf8Check check = repair_utf8(copy);
  return check.repaired && !check.multibyte ? std::string(kWindows1252) : std::string();
}

struct Converter::Impl {
  enum class Way { same, windows1252, iconv } way = Way::same;
  iconv_t handle = reinterpret_cast<iconv_t>(-1);
  std::string rest;  ///< the head of a character whose other bytes are still to come
  ~Impl() {
    if (way == Way::iconv) ::iconv_close(handle);
  }

  bool convert(std::string_view bytes, bool end, std::string& out) {
    std::string input = std::exchange(rest, {});
    input += bytes;
    char* from = input.data();
    std::size_t left = input.size();
    std::string block(64 * 1024, '\0');
    while (left > 0) {
      char* to = block.data();
      std::size_t room = block.size();
      std::size_t result = ::iconv(handle, &from, &left, &to, &room);
      int code = errno;
      out.append(block, 0, block.size() - room);
      if (result != static_cast<std::size_t>(-1) || code == E2BIG) continue;
      if (code != EINVAL || end) return false;
      rest.assign(from, left);
      return true;
    }
    return true;
  }
};

Converter::Converter(std::string_view encoding) : impl_(std::make_unique<Impl>()) {
  std::string name = to_lower(encoding);
  if (name == "utf-8" || name == "utf8") return;
  if (name == kWindows1252 || name == "cp1252" || name == "latin1" || name == "iso-8859-1") {
    impl_->way = Impl::Way::windows1252;
    return;
  }
  impl_->handle = ::iconv_open("UTF-8", name.c_str());
  if (impl_->handle == reinterpret_cast<iconv_t>(-1))
    throw Error(fmt::format("--encoding: {} is not known here; iconv --list names what is", printable(encoding)));
  impl_->way = Impl::Way::iconv;
}

Converter::~Converter() = default;
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;

bool Converter::convert(std::string_view bytes, bool end, std::string& out) {
  switch (impl_->way) {
    case Impl::Way::windows1252:
      append_windows1252(bytes, out);
      return true;
    case Impl::Way::iconv:
      return impl_->convert(bytes, end, out);
    default:
      out += bytes;
      return true;
  }
}

}  // namespace fakt
