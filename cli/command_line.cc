#include "cli/command_line.h"

#include "cli/console.h"
#include "cli/guard.h"
#include "cli/help.h"
#include "cli/verbs.h"
#include "sim/base/diagnostics.h"
#include "sim/base/nearest.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

namespace cleave::cli {
namespace {

constexpr const char* kAbout =
    "Cleave shows how replicas diverge when the network splits and how they converge when it "
    "heals: the same bits every time.";
constexpr const char* kFooter = R"(Each verb has --help, with examples. To begin:
  cleave run scenarios/tutorial/01-first-cut.yaml
)";

void add_verbs(CLI::App& app, Action& action) {
  app.formatter(std::make_shared<Help>());
  app.footer(kFooter);
  app.set_help_flag("-h,--help", "Print this.");
  app.require_subcommand(1);
  add_run(app, action);
  add_compare(app, action);
  add_explain(app, action);
  add_sweep(app, action);
  add_shrink(app, action);
  add_check(app, action);
  add_export(app, action);
  add_validate(app, action);
  add_list(app, action);
  add_schema(app, action);
  add_selfcheck(app, action);
  add_version(app, action);
  for (CLI::App* verb : app.get_subcommands([](CLI::App*) { return true; }))
    verb->allow_extras();  // to complain about them in our own words
}

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(verb->get_name());
  return names;
}

std::vector<std::string> options_of(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames())
      names.push_back("--" + name);
  return names;
}

std::string hint(const std::string& word, const std::vector<std::string>& known) {
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const std::string text = suggestion(word, candidates);
  return text.empty() ? "" : "; " + text;
}

Status bad_words(const Console& console, const std::string& verb, const std::string& complaint) {
  const std::string name = verb.empty() ? "cleave" : "cleave " + verb;
  console.complain(name + ": " + complaint + "\nSee " + name + " --help.\n");
  return Status::bad_input;
}

// The first word that the verb did not understand, if there is one.
std::optional<std::string> stray_word(const CLI::App& verb) {
  const std::vector<std::string> words = verb.remaining();
  for (const std::string& word : words)
    if (word.starts_with("-")) {
      const std::string option = word.substr(0, word.find('='));
      return "there is no option " + in_quotes(option) + hint(option, options_of(verb));
    }
  if (words.empty()) return std::nullopt;
  return in_quotes(words.front()) + " is one too many; put names with spaces in quotes";
}

// CLI11's complaints, for those who do not know CLI11.
std::string complaint_of(const CLI::ParseError& error) {
  std::string what = error.what();
  const std::string subject = what.substr(0, what.find_first_of(": "));
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) return subject + " is missing";
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool too_many = what.find("At Most") != std::string::npos;
    return subject + (too_many ? " is given more than once; give it once" : " needs a value");
  }
  return what;
}

const CLI::App& verb_in_use(const CLI::App& app) {
  const auto used = app.get_subcommands();
  return used.empty() ? app : *used.front();
}

// What is to be done, or the status to leave with.
struct Parsed {
  Action action;
  Status status = Status::as_stated;
};

Parsed parse(const std::vector<std::string>& arguments, const Console& console) {
  Action action;
  CLI::App app(kAbout, "cleave");
  add_verbs(app, action);
  if (arguments.size() < 2) {
    console.complain(app.help());
    return {nullptr, Status::bad_input};
  }
  const std::string& first = arguments[1];
  const std::vector<std::string> verbs = verbs_of(app);
  if (!first.starts_with("-") && std::find(verbs.begin(), verbs.end(), first) == verbs.end())
    return {nullptr,
            bad_words(console, "", "there is no verb " + in_quotes(first) + hint(first, verbs))};
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend() - 1);
  if (first == "--version") reversed.back() = "version";
  try {
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return {nullptr, console.print(verb_in_use(app).help())};
  } catch (const CLI::ParseError& error) {
    const CLI::App& verb = verb_in_use(app);
    const std::string name = &verb == &app ? "" : verb.get_name();
    return {nullptr, bad_words(console, name, stray_word(verb).value_or(complaint_of(error)))};
  }
  if (const auto stray = stray_word(verb_in_use(app)))
    return {nullptr, bad_words(console, verb_in_use(app).get_name(), *stray)};
  return {action, Status::as_stated};
}

// As short as it can be and still be found by a shell: relative to the folder one is in.
std::string program_of(const std::string& called) {
  namespace fs = std::filesystem;
  if (called.find('/') == std::string::npos) return called.empty() ? "cleave" : called;
  std::error_code error;
  const fs::path relative = fs::proximate(called, error);
  if (error || relative.empty() || *relative.begin() == "..") return called;
  const bool plain = relative.has_parent_path();
  return plain ? relative.string() : "./" + relative.string();
}

}  // namespace

int main(const std::vector<std::string>& arguments) {
  // Writing fails instead, and says so: to a reader that has gone, past a limit on a file.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  Console console(program_of(arguments.empty() ? "" : arguments.front()));
  const Parsed parsed = parse(arguments, console);
  const Status status = parsed.action ? guarded(parsed.action, console) : parsed.status;
  return static_cast<int>(status);
}

}  // namespace cleave::cli
