#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace fakt {

/// Writes JSON to the end of a string. It makes room in large steps, so that each piece costs little more than its
/// bytes; the string has its size when the writer is gone.
class JsonWriter {
 public:
  /// REQUIRES: nobody else changes `out` as long as the writer lives.
  explicit JsonWriter(std::string& out) : out_(out), at_(out.data() + out.size()), end_(at_) {}
  ~JsonWriter() { out_.resize(size()); }
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  /// Bytes of the string so far.
  std::size_t size() const { return static_cast<std::size_t>(at_ - out_.data()); }
  /// Makes room for what is to come. A long string that grows step by step is there twice each time.
  void make_room(std::size_t bytes);

  /// As it is.
  void raw(std::string_view json) {
    need(json.size());
    std::memcpy(at_, json.data(), json.size());
    at_ += json.size();
  }
  /// In quotation marks. Valid UTF-8 goes through as it is; control characters, DEL and U+2028 and U+2029, which
  /// JavaScript takes for line breaks, are escaped.
  void text(std::string_view text);
  void number(std::uint64_t value);
  /// `,"key":` (without the comma after an opening brace). REQUIRES: something was written before.
  void key(std::string_view key);

 private:
  void need(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) grow(bytes);
  }
  void grow(std::size_t bytes);

  std::string& out_;
  char *at_, *end_;  ///< of out_; what lies between them is not written yet
};

/// Appends the text as a JSON string: see JsonWriter::text.
void append_json(std::string& out, std::string_view text);

/// Appends `,"key":` (without the comma after an opening brace).
void append_key(std::string& out, std::string_view key);

}  // namespace fakt
