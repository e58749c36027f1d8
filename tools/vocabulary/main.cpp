#include <iostream>
#include <string_view>

#include "tools/vocabulary/ambiguity.h"
#include "tools/vocabulary/reference.h"

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

int document() {
  std::cout << pome::vocabulary::reference() << std::flush;
  return std::cout ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc == 2 ? argv[1] : "";
  if (command == "check") return check();
  if (command == "document") return document();
  std::cerr << "usage: pome_vocabulary check      find sentences that two criteria claim\n"
               "       pome_vocabulary document   print scenarios/CRITERIA.md\n";
  return 2;
}
