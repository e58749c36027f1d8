#include "core/base/text.h"
#include "core/twin/github/model/seed_builder.h"
#include "core/twin/github/model/store.h"

namespace pome::twin::github::model {

void seed_labels(Seeding& seed, const Repository& repo, const Node& node) {
  node.each("labels", [&](const Node& entry) {
    const bool plain = entry.value().is_string();
    if (!plain && !entry.is_object("name color description default")) return;
    const std::string name = plain ? entry.as_text() : entry.required_text("name");
    if (name.empty()) return;
    if (const LabelPtr taken = find_label(seed.world, repo.id, name)) {
      entry.error(
          "duplicate", text::cat("The label \"", name, "\" appears twice."),
          taken->name == name ? "" : text::cat("GitHub does not tell \"", name, "\" from \"", taken->name, "\"."));
      return;
    }
    Label row{repo.id, ++seed.world.counters.label, name, std::string(kDefaultLabelColor), "", false};
    if (!plain) {
      row.color = text::to_lower(entry.text("color", kDefaultLabelColor));
      if (!row.color.empty() && row.color.front() == '#') row.color.erase(0, 1);
      const bool hex = row.color.size() == 6 && row.color.find_first_not_of("0123456789abcdef") == std::string::npos;
      if (!hex)
        entry.error_at("color", "bad-value", "A label colour is six hexadecimal digits.", "For example d73a4a.");
      row.description = entry.text("description", "");
      row.is_default = entry.flag("default", false);
    }
    put(seed.action, std::move(row));
  });
}

}  // namespace pome::twin::github::model
