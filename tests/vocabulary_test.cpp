// A number stands for one word, whatever else is met; most words keep theirs.
#include "text/vocabulary.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <random>
#include <string>

namespace fakt {
namespace {

Vocabulary::Word find(Vocabulary& words, std::string_view text, std::size_t begin, std::size_t end) {
  return words.find(words.key_of(text, begin, end), text.substr(begin, end - begin));
}

std::uint32_t number_of(Vocabulary& words, const std::string& word) { return find(words, word, 0, word.size()).number; }

}  // namespace

TEST_CASE("a word has its number again, in any text and place") {
  Vocabulary words;
  std::string text = "Die Bank, die BANK und die Bankenaufsicht der Bank";
  auto at = [&](std::size_t begin, std::size_t end) { return find(words, text, begin, end); };
  auto bank = at(4, 8);
  CHECK(words.text(bank.number) == "Bank");
  CHECK(bank.hash == hash_word("bank"));
  CHECK(at(46, 50).number == bank.number);  // where no eight bytes follow
  CHECK(at(14, 18).number != bank.number);  // letters of the other case are another word
  CHECK(at(14, 18).hash == bank.hash);
  CHECK(at(10, 13).number != at(0, 3).number);
  CHECK(words.text(at(27, 41).number) == "Bankenaufsicht");
  CHECK(number_of(words, "Bankenaufsicht") == at(27, 41).number);
}

TEST_CASE("numbers of random words are theirs alone") {
  Vocabulary words;
  std::mt19937 random{11};
  std::map<std::string, std::uint32_t> known;
  std::size_t again = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string word;
    for (std::size_t n = 1 + random() % 12; n > 0; --n) word += "abc"[random() % 3];
    std::uint32_t number = number_of(words, word);
    REQUIRE(words.text(number) == word);
    REQUIRE(words.hash(number) == hash_word(word));
    again += known.contains(word) && known[word] == number;
    known[word] = number;
  }
  CHECK(again + known.size() > 199'000);
}

TEST_CASE("too many words are forgotten with the next document, not before") {
  Vocabulary words;
  std::uint32_t first = number_of(words, "erstes"), stamp = words.stamp();
  for (int i = 0; i < 60'000; ++i) number_of(words, fmt::format("w{}", i));
  CHECK(words.stamp() == stamp);
  CHECK(number_of(words, "erstes") == first);
  words.begin_document();
  CHECK(words.stamp() != stamp);
  CHECK(words.size() == 0);
  CHECK(words.text(number_of(words, "erstes")) == "erstes");
}

}  // namespace fakt
