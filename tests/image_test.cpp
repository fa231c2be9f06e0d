#include "pattern/image.h"

#include <doctest/doctest.h>

#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fakt {
namespace {

struct Leaf {
  Text name;
  Array<int> numbers;
};

struct Tree {
  Text name;
  std::vector<int> left_out;  ///< not in the image
  Array<Leaf> leaves;
  Array<std::pair<Text, double>> pairs;
  Owned<Leaf> own, none;
  Ref<const Leaf> inside, outside, nothing;
  bool flag = false;
};

void fields(ImageWriter& writer, const Leaf& value) { writer(value.name, value.numbers); }

void fields(ImageWriter& writer, const Tree& value) {
  writer(value.name, value.leaves, value.pairs, value.own, value.none, value.inside, value.outside, value.nothing,
         value.flag);
}

const Leaf kOutside{"outside", {7}};

Tree make_tree() {
  Tree tree;
  tree.name = "tree";
  tree.left_out = {1, 2, 3};
  tree.leaves = {{"a", {1}}, {"b", {}}, {"c", {3, 4, 5}}};
  tree.pairs = {{"x", 0.5}, {"y", 2}};
  tree.own = make_owned<Leaf>(Leaf{"own", {9}});
  tree.inside = &tree.leaves[2];
  tree.outside = &kOutside;
  tree.flag = true;
  return tree;
}

/// An image in memory of its own, as a program has it.
struct Loaded {
  explicit Loaded(const std::string& image) : bytes(image.size() / 8) {
    std::memcpy(bytes.data(), image.data(), image.size());
  }
  Tree& tree() { return *reinterpret_cast<Tree*>(bytes.data()); }
  std::vector<std::uint64_t> bytes;
};

}  // namespace

TEST_CASE("an image holds all that its root holds, wherever it lies") {
  std::string image;
  {
    Tree tree = make_tree();
    image = ImageWriter().write(tree);
    REQUIRE(image.size() % 8 == 0);
  }
  auto first = std::make_unique<Loaded>(image);
  Loaded loaded(image);
  first.reset();
  const Tree& tree = loaded.tree();
  CHECK(tree.name == "tree");
  CHECK(tree.left_out.empty());
  REQUIRE(tree.leaves.size() == 3);
  CHECK(tree.leaves[0].name == "a");
  CHECK(tree.leaves[1].numbers.empty());
  CHECK(std::vector<int>(tree.leaves[2].numbers.begin(), tree.leaves[2].numbers.end()) == std::vector{3, 4, 5});
  REQUIRE(tree.pairs.size() == 2);
  CHECK(tree.pairs[1].first == "y");
  CHECK(tree.pairs[1].second == 2);
  CHECK(tree.own->name == "own");
  CHECK(!tree.none);
  CHECK(tree.inside.get() == &tree.leaves[2]);
  CHECK(tree.outside->name == "outside");
  CHECK(tree.outside->numbers[0] == 7);
  CHECK(tree.outside.get() != &kOutside);
  CHECK(tree.nothing.get() == nullptr);
  CHECK(tree.flag);
}

TEST_CASE("a copy of an image can be added to and taken apart") {
  Loaded loaded(ImageWriter().write(make_tree()));
  Tree& tree = loaded.tree();
  for (std::string_view more : {"d", "e", "f"}) tree.leaves.push_back({more, {6}});
  tree.leaves[2].numbers.resize(2);
  tree.leaves[2].numbers.push_back(8);
  tree.leaves.front().numbers.clear();
  tree.leaves.front().numbers.push_back(2);
  tree.own->name += " and more";
  tree.own->numbers = {10, 11};
  Owned<Leaf> moved = std::move(tree.own);
  tree.own = make_owned<Leaf>(Leaf{"another", {}});
  std::swap(tree.pairs[0], tree.pairs[1]);
  std::string names;
  for (const Leaf& leaf : tree.leaves) names += leaf.name.view();
  CHECK(names == "abcdef");
  CHECK(std::vector<int>(tree.leaves[2].numbers.begin(), tree.leaves[2].numbers.end()) == std::vector{3, 4, 8});
  CHECK(tree.leaves[0].numbers[0] == 2);
  CHECK(moved->name == "own and more");
  CHECK(moved->numbers[1] == 11);
  CHECK(tree.pairs[0].first == "y");
  std::destroy_at(&tree);  // what was added goes; a sanitizer tells what does not
}

TEST_CASE("an image of the same thing is the same bytes") {
  CHECK(ImageWriter().write(make_tree()) == ImageWriter().write(make_tree()));
}

TEST_CASE("arrays and texts own what they hold") {
  Array<Text> words = {"eins", "zwei"};
  Array<Text> copy = words;
  words.push_back(words[0]);  // of the list itself, and it must grow
  for (int i = 0; i < 100; ++i) words.push_back(words.back());
  CHECK(words.size() == 103);
  CHECK(words[102] == "eins");
  CHECK(copy.size() == 2);
  Array<Text> moved = std::move(copy);
  CHECK(moved[1] == "zwei");
  CHECK(copy.empty());
  moved = words;
  CHECK(moved.size() == 103);
  words.resize(1);
  CHECK(words.back() == "eins");
  std::vector<Array<Text>> lists(3, words);  // they move when the vector grows
  for (int i = 0; i < 10; ++i) lists.push_back(lists[0]);
  CHECK(lists[12][0] == "eins");
  std::vector<Ref<Text>> refs;
  for (Text& word : moved) refs.emplace_back(&word);
  CHECK(refs[102].get() == &moved[102]);
  Owned<Text> text = make_owned<Text>("eins");
  Owned<Text> other = std::move(text);
  CHECK(!text);
  CHECK(*other == "eins");
  Text sum = "ab";
  sum += "ab";
  CHECK(sum == "abab");
  CHECK(Text("a") < Text("b"));
}

}  // namespace fakt
