#pragma once

#include <string>
#include <string_view>

namespace fakt {

/// Appends the text as a JSON string, in quotation marks. Valid UTF-8 goes through as it is; control characters, DEL
/// and U+2028 and U+2029, which JavaScript takes for line breaks, are escaped.
void append_json(std::string& out, std::string_view text);

/// Appends `,"key":` (without the comma after an opening brace).
void append_key(std::string& out, std::string_view key);

}  // namespace fakt
