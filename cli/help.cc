#include "cli/help.h"

#include "sim/report/typography.h"

#include <string_view>
#include <vector>

namespace cleave::cli {
namespace {

constexpr std::size_t kColumns = 80;
constexpr std::size_t kHang = 26;

// "  --seed N                the text, wrapped beside it"
std::string entry(const std::string& term, const std::string& text) {
  std::string lines;
  std::string before = flush_left("  " + term, kHang);
  if (columns_of(before) > kHang) {
    lines = before + "\n";
    before.assign(kHang, ' ');
  }
  for (const std::string& line : wrapped(text, kColumns - kHang)) {
    lines += before + line + "\n";
    before.assign(kHang, ' ');
  }
  return lines;
}

std::string term(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  std::string text = option.get_name(option.get_positional());
  if (!option.get_positional() && !type.empty()) text += " " + type;
  return text;
}

std::string usage(const CLI::App& app) {
  std::string text = "Usage: cleave";
  if (app.get_parent() == nullptr) return text + " VERB [OPTION...]\n";
  text += " " + app.get_name();
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const bool several = option->get_items_expected_max() > 1;
    const std::string word = option->get_name(true) + (several ? "..." : "");
    text += option->get_required() ? " " + word : " [" + word + "]";
  }
  return text + " [OPTION...]\n";
}

}  // namespace

std::string Help::make_help(const CLI::App* app, std::string /*name*/,
                            CLI::AppFormatMode /*mode*/) const {
  std::string text = usage(*app) + "\n";
  for (const std::string& line : wrapped(app->get_description(), kColumns))
    text += line + "\n";
  text += "\n";
  for (const CLI::App* verb : app->get_subcommands([](const CLI::App*) { return true; }))
    text += entry(verb->get_name(), verb->get_description());
  for (const CLI::Option* option : app->get_options())
    if (!option->get_description().empty()) text += entry(term(*option), option->get_description());
  const std::string footer = app->get_footer();
  return footer.empty() ? text : text + "\n" + footer;
}

}  // namespace cleave::cli
