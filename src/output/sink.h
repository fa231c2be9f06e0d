#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "output/record.h"

namespace fakt {

struct OutputOptions {
  std::string format = "jsonl";
  bool sentence = false, explain = false, color = false;
  bool per_document = false;      ///< jsonl: records without line breaks and "doc", with commas between
  std::vector<std::string> keep;  ///< keys that documents carry over
};

/// Turns records into text. One implementation for each format; const, so that threads may share it.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void begin(std::string&) const {}  ///< header line
  virtual void write(const DocumentRecords& records, std::string& out) const = 0;
  virtual void end(std::string&) const {}
};

/// The names of the formats, for messages.
const std::vector<std::string>& sink_names();

/// REQUIRES: options.format is one of sink_names().
std::unique_ptr<Sink> make_sink(const OutputOptions& options);

}  // namespace fakt
