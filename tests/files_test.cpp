// Files, folders and standard input; documents of any size; the same output for any number of threads.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <simdjson.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <vector>

#include "input/source.h"
#include "support.h"

namespace fakt {
namespace {

/// Filler that holds nothing and breaks at spaces only.
std::string words(std::size_t bytes) {
  std::string out;
  while (out.size() < bytes) out += "und so weiter ";
  return out;
}

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

/// Leaves a socket at the path.
void listen(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(fd);
}

void same_for_all_threads(std::vector<std::string> args, const std::string& input = {}) {
  args.insert(args.end(), {"--threads", "1"});
  Ran one = run_fakt(with_pack(args), input);
  CHECK(one.status == 0);
  CHECK(lines(one.out) > 0);
  for (std::string threads : {"2", "5"}) {
    args.back() = threads;
    Ran more = run_fakt(with_pack(args), input);
    CHECK(more.status == 0);
    CHECK_MESSAGE(more.out == one.out, threads);
    CHECK(more.err == one.err);
  }
}

}  // namespace

TEST_CASE("what cannot be read is told, and the rest is read") {
  TemporaryFolder folder;
  std::string good = folder.write("good.txt", "3 Euro");
  auto shell = [&](const std::string& setup, const std::string& path) {
    return run_shell("cd '" + folder.path() + "' && " + setup + "; fakt $PACK good.txt " + path + " good.txt");
  };
  auto check = [&](const Ran& ran, const std::string& message) {
    CHECK(ran.status == 2);
    CHECK(lines(ran.out) == 2);
    CHECK(ran.err == message);
  };
  check(shell(":", "nothere"), "fakt: nothere: No such file or directory\n");
  check(shell("ln -s nowhere dangling", "dangling"), "fakt: dangling: No such file or directory\n");
  check(shell("ln -s loop loop", "loop"), "fakt: loop: Too many levels of symbolic links\n");
  check(shell(":", "good.txt/x"), "fakt: good.txt/x: Not a directory\n");
  check(shell(":", "- < ."), "fakt: -: Is a directory\n");
  check(shell(":", "\"$(printf 'a\\nb\\033[31m')\""), "fakt: a\\x0ab\\x1b[31m: No such file or directory\n");
  listen(folder.path() + "/socket");
  check(shell(":", "socket"), "fakt: socket: a socket, not a file\n");
  check(shell("mkfifo silent", "silent"), "fakt: silent: nobody writes to this pipe\n");
  Ran null = shell(":", "/dev/null");
  CHECK(null.status == 0);
  CHECK(lines(null.out) == 2);
}

TEST_CASE("a file without permission is told, and the rest is read") {
  TemporaryFolder folder;
  for (std::string name : {"a.txt", "secret", "z.txt"}) folder.write(name, "3 Euro");
  // Root may read everything, so the tool is run as nobody there.
  Ran ran = run_shell("cd '" + folder.path() +
                      "' && chmod 755 . && chmod 644 *.txt && chmod 0 secret && cp \"$(command -v fakt)\" tool && "
                      "as=; if [ $(id -u) = 0 ]; then as='setpriv --reuid 65534 --regid 65534 --clear-groups'; fi; "
                      "$as ./tool -c -t money a.txt secret z.txt");
  CHECK(ran.status == 2);
  CHECK(ran.out == "a.txt:1\nz.txt:1\n");
  CHECK(ran.err == "fakt: secret: Permission denied\n");
}

TEST_CASE("a named pipe is read when somebody writes to it, however late the words come") {
  TemporaryFolder folder;
  std::string in = "cd '" + folder.path() + "' && rm -f pipe && mkfifo pipe && ";
  auto written_by = [&](const std::string& command) {
    return run_shell(in + "{ timeout 60 sh -c \"" + command + "\" & timeout 60 fakt $PACK -c pipe; }").out;
  };
  CHECK(written_by("(sleep 6; echo '3 Euro') > pipe") == "1\n");
  CHECK(written_by("sleep 1; : > pipe") == "0\n");
}

TEST_CASE("a walk takes regular files, sorted, and waits for nothing else") {
  TemporaryFolder folder;
  for (std::string name : {"b/2.txt", "b/1.txt", "a.txt", "c.jsonl", ".git/config", "b/.x"})
    folder.write(name, name.ends_with("jsonl") ? "{\"text\":\"4 Euro\"}\n" : "3 Euro");
  listen(folder.path() + "/socket");
  Ran ran = run_shell("cd '" + folder.path() +
                      "' && mkfifo fifo && ln -s . self && ln -s b link && timeout 20 fakt $PACK -c .");
  CHECK(ran.status == 0);
  CHECK(ran.out == "./a.txt:1\n./b/1.txt:1\n./b/2.txt:1\n./c.jsonl:1:1\n");
  CHECK(ran.err == "");
}

TEST_CASE("the output is no input") {
  TemporaryFolder folder;
  std::string text;
  while (text.size() < 600'000) text += "Das kostet 3 Euro.\n";
  folder.write("a.txt", text);
  std::string in = "cd '" + folder.path() + "' && ulimit -f 100000 && ", fakt = "timeout 60 fakt $PACK ";
  SUBCASE("a walk passes it over") {
    std::string lines_of = "; echo $?; wc -l < facts.txt; ls";
    std::string records = std::to_string(lines(text)) + "\n";
    for (std::string to : {" . > facts.txt", " . -o facts.txt", " . >> facts.txt"}) {
      CHECK(run_shell(in + ": > facts.txt;" + fakt + to + lines_of).out == "0\n" + records + "a.txt\nfacts.txt\n");
    }
  }
  SUBCASE("by name it is refused, and the rest is read") {
    folder.write("b.txt", "3 Euro");
    for (std::string input : {"a.txt", "./a.txt", "- < a.txt"}) {
      INFO(input);
      Ran ran = run_shell(in + fakt + "-c b.txt " + input + " >> a.txt; echo $?; tail -n +" +
                          std::to_string(lines(text) + 1) + " a.txt");
      CHECK(ran.out == "2\nb.txt:1\n");
      CHECK(ran.err == "fakt: " + input.substr(0, input.find(' ')) + ": the output is written to this file\n");
      folder.write("a.txt", text);
    }
    CHECK(run_shell(in + fakt + "a.txt -o a.txt").status == 2);
  }
}

TEST_CASE("lists of files") {
  TemporaryFolder folder;
  folder.write("a b.txt", "3 Euro");
  folder.write("c\nd.txt", "4 Euro");
  std::string in = "cd '" + folder.path() + "' && ";
  CHECK(run_shell(in + "find . -type f -print0 | sort -z | fakt $PACK -l -0 --files-from -").out ==
        "./a b.txt\n./c\nd.txt\n");
  CHECK(run_shell(in + "printf '\\n\\na b.txt\\n' | fakt $PACK -c --files-from -").out == "a b.txt:1\n");
  CHECK(run_shell(in + "printf 'a b.txt' > list; fakt $PACK -c --files-from list 'a b.txt'").out ==
        "a b.txt:1\na b.txt:1\n");
  Ran none = run_shell(in + "fakt --files-from nothere");
  CHECK(none.status == 2);
  CHECK(none.err == "fakt: --files-from: nothere: No such file or directory\n");
}

TEST_CASE("the output is the same for every number of threads") {
  TemporaryFolder folder;
  for (int i = 0; i < 700; ++i)
    folder.write(fmt::format("{:03}.txt", i),
                 fmt::format("Das kostet {} Euro. ", i) + words(static_cast<std::size_t>(i % 7) * 1500));
  SUBCASE("many files") { same_for_all_threads({folder.path()}); }
  SUBCASE("one large file") {
    std::string text;
    for (int i = 0; text.size() < 3 * kPartSize; ++i) text += fmt::format("Das kostet {} Euro.\n\n", i) + words(20'000);
    same_for_all_threads({folder.write("large", text)});
  }
  SUBCASE("JSON Lines") {
    std::string text;
    for (int i = 0; text.size() < 3'000'000; ++i)
      text += fmt::format("{{\"id\":\"{}\",\"text\":\"Das kostet {} Euro. {}\"}}\n", i, i,
                          words(static_cast<std::size_t>(i % 5) * 2000));
    same_for_all_threads({}, text);
  }
}

TEST_CASE("offsets, lines and columns run on through the parts of a large document") {
  std::string head = "Es kostet 3 Euro.\n\n" + words(kPartSize) + "\n\nDanach ";
  std::string text = head + "4 Euro.";
  std::string place = fmt::format("\"start\":{},\"end\":{},\"line\":5,\"column\":8,", head.size(), head.size() + 6);
  CHECK(run_fakt(with_pack({}), text).out.find(place) != std::string::npos);
  TemporaryFolder folder;
  CHECK(run_fakt(with_pack({folder.write("a", text)})).out.find(place) != std::string::npos);
  std::string escaped = text;
  for (std::size_t at = 0; (at = escaped.find('\n', at)) != std::string::npos;) escaped.replace(at, 1, "\\n");
  CHECK(run_fakt(with_pack({}), "{\"text\":\"" + escaped + "\"}").out.find(place) != std::string::npos);
}

TEST_CASE("--per-document prints one line for each document, whatever it is") {
  TemporaryFolder folder;
  std::string large = "3 Euro. " + words(2 * kPartSize) + "4 Euro";
  folder.write("a/1-large.txt", large);
  folder.write("a/2-empty.txt", "");
  folder.write("a/3.jsonl", "{\"id\":\"l\",\"text\":\"" + large + "\"}\n{\"id\":\"x\"\n{\"id\":\"m\",\"text\":\"\"}\n");
  for (std::string threads : {"1", "2"}) {
    Ran ran = run_fakt(with_pack({"--per-document", "-j", threads, folder.path() + "/a", "nothere"}));
    CHECK(ran.status == 2);
    std::vector<std::string> ids;
    simdjson::dom::parser parser;
    for (std::size_t begin = 0; begin < ran.out.size();) {
      std::size_t end = ran.out.find('\n', begin);
      simdjson::dom::object line;
      REQUIRE(!parser.parse(ran.out.substr(begin, end - begin)).get(line));
      begin = end + 1;
      std::string id = std::string(std::string_view(line["doc"]));
      simdjson::dom::array facts;
      std::string_view error;
      bool read = !line["facts"].get(facts), failed = !line["error"].get(error);
      ids.push_back(id.substr(id.rfind('/') + 1) + (read ? ":" + std::to_string(facts.size()) : "") +
                    (failed ? "!" : ""));
    }
    CHECK(ids == std::vector<std::string>{"1-large.txt:2", "2-empty.txt:0", "l:2", "3.jsonl:2!", "m:0", "nothere!"});
  }
}

TEST_CASE("with --per-document and --line-buffered an answer does not wait for the next question") {
  for (std::string option : {"--per-document", "--line-buffered"}) {
    Ran ran = run_shell("mkfifo \"$TMPDIR/in\" \"$TMPDIR/out\"; timeout 60 fakt $PACK " + option +
                        " < \"$TMPDIR/in\" > \"$TMPDIR/out\" & exec 3> \"$TMPDIR/in\" 4< \"$TMPDIR/out\"\n"
                        "for n in 1 2 3; do echo '{\"id\":\"'$n'\",\"text\":\"'$n' Euro\"}' >&3; read -r line <&4; "
                        "echo \"$line\" | cut -c1-10; done; exec 3>&-; wait $!");
    CHECK(ran.status == 0);
    CHECK(ran.out == "{\"doc\":\"1\"\n{\"doc\":\"2\"\n{\"doc\":\"3\"\n");
  }
}

TEST_CASE("a line of JSON that is too long is refused and the next one is read") {
  std::string input = "{\"id\":\"a\",\"text\":\"3 Euro\"}\n{\"text\":\"" + words(kLongestLine) +
                      "\"}\n{\"id\":\"b\",\"text\":\"4 Euro\"}\n";
  Ran ran = run_fakt(with_pack({"--count"}), input);
  CHECK(ran.status == 2);
  CHECK(ran.out == "a:1\nb:1\n");
  CHECK(ran.err == "fakt: -:2: a line of more than 64 MiB, left out\n");
}

TEST_CASE("-o writes a whole file or leaves the old one") {
  std::string in = "cd \"$TMPDIR\" && echo old > out && ";
  CHECK(run_shell(in + "echo '3 Euro' | fakt $PACK -c -o out && cat out && ls").out == "1\nout\n");
  Ran failed =
      run_shell(in + "echo '{' > bad.toml; echo '3 Euro' | fakt --patterns bad.toml -o out; echo $?; cat out; ls");
  CHECK(failed.out == "2\nold\nbad.toml\nout\n");
  Ran missing = run_shell("cd \"$TMPDIR\"; echo '3 Euro' | fakt -o no/where");
  CHECK(missing.status == 2);
  CHECK(missing.err == "fakt: no/where: No such file or directory\n");
}

}  // namespace fakt
