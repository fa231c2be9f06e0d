#include "support.h"

#include <doctest/doctest.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "app.h"

namespace fakt {
namespace {

namespace fs = std::filesystem;

int memory_file(std::string_view bytes) {
  int fd = ::memfd_create("fakt", 0);
  REQUIRE(fd >= 0);
  while (!bytes.empty()) {
    ssize_t done = ::write(fd, bytes.data(), bytes.size());
    REQUIRE(done > 0);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

std::string take_memory_file(int fd) {
  std::string out(static_cast<std::size_t>(::lseek(fd, 0, SEEK_END)), '\0');
  ssize_t got = ::pread(fd, out.data(), out.size(), 0);
  REQUIRE(got == static_cast<ssize_t>(out.size()));
  ::close(fd);
  return out;
}

bool on_border(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

/// The text that offsets of a record count in: standard input, a file as it is, or nothing where it was converted.
std::string_view text_of(std::string_view doc, std::string_view input, std::map<std::string, std::string>& files) {
  if (doc == "-") return input;
  std::string path(doc);
  if (!files.contains(path) && fs::is_regular_file(path)) files[path] = read_file(path);
  return files.contains(path) ? std::string_view(files[path]) : std::string_view();
}

void check_records(std::string_view out, std::string_view input) {
  simdjson::dom::parser parser;
  std::map<std::string, std::string> files;
  std::map<std::string, std::uint64_t> ends;  // of the last mention of a document and type
  while (!out.empty()) {
    std::size_t end = out.find('\n');
    REQUIRE_MESSAGE(end != std::string_view::npos, "the last line is whole");
    std::string line(out.substr(0, end));
    out.remove_prefix(end + 1);
    simdjson::dom::object record;
    REQUIRE_MESSAGE(parser.parse(line).get(record) == simdjson::SUCCESS, line);
    std::string_view doc, type, text;
    std::uint64_t from = 0, to = 0;
    if (record["type"].get(type) || record["doc"].get(doc) || record["start"].get(from) || record["end"].get(to)) continue;
    CHECK_MESSAGE(from < to, line);
    if (type != "fact") {
      std::uint64_t& last = ends[std::string(doc) + '\n' + std::string(type)];
      CHECK_MESSAGE(from >= last, line);
      last = to;
    }
    std::string_view whole = text_of(doc, input, files), converted;
    if (whole.empty() || whole.starts_with('{') || !record["encoding"].get(converted) || record["text"].get(text)) continue;
    CHECK_MESSAGE(on_border(whole, from), line);
    CHECK_MESSAGE(on_border(whole, to), line);
    std::string_view cut = whole.substr(from, to - from);
    if (cut.size() == text.size() && text.find('?') == std::string_view::npos) CHECK_MESSAGE(cut == text, line);
    CHECK_MESSAGE(cut.size() == text.size(), line);
  }
}

}  // namespace

Ran run_fakt(const std::vector<std::string>& args, std::string_view input) {
  int in = memory_file(input), out = memory_file({}), err = memory_file({});
  Ran ran;
  ran.status = run(args, {in, out, err});
  ::close(in);
  ran.out = take_memory_file(out);
  ran.err = take_memory_file(err);
  if (ran.out.starts_with("{\"doc\"")) check_records(ran.out, input);
  return ran;
}

Ran run_shell(const std::string& command) {
  TemporaryFolder folder;
  std::string binary = FAKT_BINARY;
  std::string line = "cd '" FAKT_ROOT "' && PATH='" + binary.substr(0, binary.rfind('/')) + "':$PATH && export PATH && { " + command + "\n} >'" +
                     folder.path() + "/out' 2>'" + folder.path() + "/err'";
  int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(folder.path() + "/out"), read_file(folder.path() + "/err")};
}

TemporaryFolder::TemporaryFolder() {
  path_ = (fs::temp_directory_path() / "fakt-test-XXXXXX").string();
  REQUIRE(::mkdtemp(path_.data()) != nullptr);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, std::string_view bytes) const {
  fs::path file = fs::path(path_) / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
  return file.string();
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace fakt
