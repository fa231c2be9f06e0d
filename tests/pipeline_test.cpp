// Threads that work on batches; the memory that it takes.
#include "command/pipeline.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "support.h"

namespace fakt {
namespace {

/// So many files, each of them a batch.
InputOptions batches(TemporaryFolder& folder, int count) {
  InputOptions options;
  for (int i = 0; i < count; ++i) options.paths.push_back(folder.write(std::to_string(i), std::string(kPartSize, ' ')));
  return options;
}

}  // namespace

TEST_CASE("a batch that takes long keeps no other thread idle, and the steps keep their order") {
  TemporaryFolder folder;
  Source source(batches(folder, 9));
  std::mutex mutex;
  std::condition_variable done;
  std::uint64_t later = 0;
  std::vector<std::uint64_t> steps;
  run_in_order(source, 2, false, [&]() -> Worker {
    return [&](Batch&& batch) -> Step {
      std::unique_lock lock(mutex);
      if (batch.number == 0)
        CHECK(done.wait_for(lock, std::chrono::minutes(1), [&] { return later >= 2; }));
      else
        ++later, done.notify_all();
      return [&, number = batch.number] { steps.push_back(number); };
    };
  });
  CHECK(steps == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8});
}

TEST_CASE("results do not pile up behind a batch that takes long") {
  TemporaryFolder folder;
  Source source(batches(folder, 20));
  std::mutex mutex;
  std::condition_variable done;
  std::uint64_t last = 0;
  run_in_order(source, 2, false, [&]() -> Worker {
    return [&](Batch&& batch) -> Step {
      std::unique_lock lock(mutex);
      last = std::max(last, batch.number);
      done.notify_all();
      if (batch.number == 0) {
        CHECK(done.wait_for(lock, std::chrono::minutes(1), [&] { return last == 3; }));
        CHECK_FALSE(done.wait_for(lock, std::chrono::milliseconds(200), [&] { return last > 3; }));
      }
      return [] {};
    };
  });
  CHECK(last == 19);
}

TEST_CASE("what a worker or a step throws ends all threads") {
  for (bool in_step : {false, true}) {
    TemporaryFolder folder;
    Source source(batches(folder, 20));
    std::atomic<int> steps = 0;
    auto make_worker = [&]() -> Worker {
      return [&](Batch&& batch) -> Step {
        bool bad = batch.number == 3;
        if (bad && !in_step) throw std::runtime_error("bad batch");
        return [&steps, bad] {
          if (bad) throw std::runtime_error("bad step");
          ++steps;
        };
      };
    };
    CHECK_THROWS_AS(run_in_order(source, 3, false, make_worker), std::runtime_error);
    CHECK(steps <= 3);
  }
}

/// KB of memory for a line again and again, in two threads. All but the end of the input was worked on when the last of
/// it goes into the pipe.
int peak(const std::string& line, std::size_t megabytes, const std::string& arguments = "$PACK") {
  Ran ran = run_shell(
      fmt::format("mkfifo \"$TMPDIR/in\"; fakt {} -j 2 < \"$TMPDIR/in\" > /dev/null & exec 3> \"$TMPDIR/in\"\n",
                  arguments) +
      fmt::format("yes '{}' | head -n {} >&3; ", line, megabytes * 1'000'000 / (line.size() + 1)) +
      "grep VmHWM /proc/$!/status; exec 3>&-; wait $!");
  REQUIRE(ran.status == 0);
  return std::stoi(ran.out.substr(ran.out.find_first_of("0123456789")));
}

TEST_CASE("memory does not grow with the input" * doctest::skip(!FAKT_OPTIMISED)) {
  for (std::string line : {"Das kostet 3 Euro.", "Das kostet viel.", "{\"text\":\"Das kostet 3 Euro.\"}"})
    CHECK(peak(line, 32) < peak(line, 8) + 12000);
}

TEST_CASE("text that is full of mentions takes no more than 64 MB" * doctest::skip(!FAKT_OPTIMISED)) {
  CHECK(peak("Am 3. Mai 2024 zahlte die Gruber AG 3 Euro an Bosch.", 8, "--type money,date,chip,org") < 62'500);
}

}  // namespace fakt
