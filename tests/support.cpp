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
#include <set>

#include "app.h"
#include "text/unicode.h"

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

/// The texts that the offsets of records count in, by document; those of converted files are not there.
class Texts {
 public:
  explicit Texts(std::string_view input) {
    std::size_t first = input.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (first == std::string_view::npos || input[first] != '{') {
      add("-", std::string(input));
      return;
    }
    simdjson::dom::parser parser;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < input.size();) {
      std::size_t end = std::min(input.find('\n', begin), input.size());
      std::string line(input.substr(begin, end - begin));
      begin = end + 1;
      ++number;
      if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
      repair_utf8(line);
      simdjson::dom::object document;
      std::string_view text, id;
      if (parser.parse(line).get(document)) continue;
      for (auto [key, value] : document)  // of a key given twice, the last
        if (key == "text" && value.get(text)) text = {};
      bool named = !document["id"].get(id) && !id.empty();
      add(named ? std::string(id) : "-:" + std::to_string(number), std::string(text));
    }
  }

  /// Null when it is not at hand.
  const std::string* find(const std::string& doc) {
    if (!texts_.contains(doc) && doc != "-" && fs::is_regular_file(doc)) add(doc, read_file(doc));
    auto found = texts_.find(doc);
    return found == texts_.end() ? nullptr : &found->second;
  }

 private:
  void add(std::string doc, std::string text) {
    repair_utf8(text);
    texts_[std::move(doc)] = std::move(text);
  }
  std::map<std::string, std::string> texts_;
};

void check_cut(const std::string& whole, simdjson::dom::object record, const std::string& line) {
  std::uint64_t from = 0, to = 0;
  std::string_view text;
  REQUIRE(!record["start"].get(from));
  REQUIRE(!record["end"].get(to));
  REQUIRE(!record["text"].get(text));
  CHECK_MESSAGE(from < to, line);
  CHECK_MESSAGE(on_border(whole, from), line);
  CHECK_MESSAGE(on_border(whole, to), line);
  CHECK_MESSAGE(whole.substr(from, to - from) == text, line);
}

/// No key stands twice in an object.
void check_keys(simdjson::dom::object record, const std::string& line) {
  std::set<std::string_view> keys;
  for (auto field : record) CHECK_MESSAGE(keys.insert(field.key).second, line);
}

void check_records(std::string_view out, std::string_view input) {
  simdjson::dom::parser parser;
  Texts texts(input);
  std::map<std::string, std::uint64_t> ends;  // of the last mention of a document and type
  while (!out.empty()) {
    std::size_t end = out.find('\n');
    REQUIRE_MESSAGE(end != std::string_view::npos, "the last line is whole");
    std::string line(out.substr(0, end));
    out.remove_prefix(end + 1);
    simdjson::dom::object record;
    REQUIRE_MESSAGE(parser.parse(line).get(record) == simdjson::SUCCESS, line);
    check_keys(record, line);
    std::string_view doc, type, encoding;
    if (record["type"].get(type) || record["doc"].get(doc)) continue;
    if (type != "fact") {
      std::uint64_t& last = ends[std::string(doc) + '\n' + std::string(type)];
      CHECK_MESSAGE(std::uint64_t(record["start"]) >= last, line);
      last = std::uint64_t(record["end"]);
    }
    const std::string* whole = texts.find(std::string(doc));
    if (!whole || !record["encoding"].get(encoding)) continue;
    check_cut(*whole, record, line);
    simdjson::dom::array args;
    if (!record["args"].get(args))
      for (simdjson::dom::object arg : args) check_cut(*whole, arg, line);
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

std::vector<std::string> with_pack(std::vector<std::string> args) {
  args.insert(args.begin(), {"--no-default-patterns", "--patterns", FAKT_ROOT "/tests/pack"});
  return args;
}

Ran run_shell(const std::string& command) {
  TemporaryFolder folder;
  fs::create_directory(folder.path() + "/tmp");
  fs::create_directory_symlink(FAKT_ROOT "/tests/pack", folder.path() + "/pack");  // no space in its path, for $PACK
  std::string binary = FAKT_BINARY;
  std::string line = "cd '" FAKT_ROOT "' && TMPDIR='" + folder.path() +
                     "/tmp' && PACK='--no-default-patterns --patterns " + folder.path() +
                     "/pack' && LC_ALL=C.UTF-8 && export TMPDIR PACK LC_ALL && PATH='" +
                     binary.substr(0, binary.rfind('/')) + "':$PATH && export PATH && { " + command + "\n} >'" +
                     folder.path() + "/out' 2>'" + folder.path() + "/err'";
  int status = std::system(line.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(folder.path() + "/out"),
          read_file(folder.path() + "/err")};
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

std::string random_text(std::mt19937& random) {
  static const std::vector<std::string> kLetters = {"a", "b", "c", "a", "b", " ", "ä", "ö", "0", "1", ",", "€", "é"};
  std::string text;
  for (std::size_t n = random() % 14; n > 0; --n) text += kLetters[random() % kLetters.size()];
  return text;
}

bool on_border(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace fakt
