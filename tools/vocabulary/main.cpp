#include <iostream>
#include <string_view>

#include "tools/vocabulary/ambiguity.h"

namespace {

using pome::vocabulary::Ambiguity;

int check() {
  const std::vector<Ambiguity> found = pome::vocabulary::find_ambiguities(pome::criteria::all_rows());
  for (const Ambiguity& one : found) {
    std::cerr << "error: two criteria claim the same sentence: " << one.sentence << "\n  " << one.first->id << ": "
              << one.first_phrase->text() << "\n  " << one.second->id << ": " << one.second_phrase->text()
              << "\n  Change one of the two phrases so that no sentence fits both.\n";
  }
  return found.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "check") return check();
  std::cerr << "usage: pome_vocabulary check\n";
  return 2;
}
