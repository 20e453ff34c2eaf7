// Prints a digest for each world of toys and each scenario: "NAME SEED DIGEST", one a line. Every
// build must print the same, which is what golden.txt holds.
//   digests [--twice] [SCENARIO.yaml...]
// --twice runs each a second time in the same process, on a disturbed heap, and fails if it
// differs.
#include "tests/support/toy_nodes.h"

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#ifdef CLEAVE_WITH_SCENARIOS
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"
#endif

namespace {

using namespace cleave;  // NOLINT(google-build-using-namespace): a program, nothing more
using namespace cleave::literals;

constexpr std::uint64_t kEvents = 50'000;

// Everything goes wrong at once, to the keepers of toys.
World storm(std::uint64_t seed) {
  World world = toys::keepers(seed, 40, 400);
  const auto add = [&](Verb verb, Duration at, Duration lasts, Fault more,
                       std::vector<std::string> groups) {
    more.name = std::string(to_string(verb)) + std::to_string(world.fault_count());
    more.verb = verb;
    more.at = Time{} + at;
    more.lasts = lasts;
    for (const std::string& group : groups)
      more.groups.push_back({{.text = group}});
    world.schedule(more);
  };
  const auto between = [&](Verb verb, Duration at, Duration lasts, Fault more) {
    more.groups = {{{Selector::By::region, "region-1", {}}}, {{Selector::By::rest, {}, {}}}};
    add(verb, at, lasts, more, {});
  };
  between(Verb::cut, 100_ms, 300_ms, {});
  between(Verb::hold, 500_ms, 100_ms, {});
  between(Verb::delay, 650_ms, 100_ms, {.duration = 30_ms});
  between(Verb::jitter, 650_ms, 100_ms, {.duration = 30_ms});
  between(Verb::loss, 800_ms, 100_ms, {.probability = threshold(1, 3)});
  between(Verb::duplicate, 800_ms, 100_ms, {.probability = threshold(1, 3)});
  between(Verb::bandwidth, 800_ms, 300_ms, {.rate = {100'000}});
  between(Verb::bursty_loss, 900_ms, 300_ms,
          {.bursts = {10_ms, threshold(1, 20), threshold(1, 4), 0, threshold(4, 5)}});
  add(Verb::crash, 200_ms, 200_ms, {}, {"keeper/3"});
  add(Verb::torn_write, 300_ms, 200_ms, {}, {"keeper/4"});
  add(Verb::pause, 250_ms, 200_ms, {}, {"keeper/5"});
  add(Verb::drift, 250_ms, 500_ms, {.parts_per_billion = 100'000'000}, {"keeper/6"});
  add(Verb::disk_slow, 100_ms, 500_ms, {.factor = 20}, {"keeper/7"});
  return world;
}

struct Subject {
  std::string name;
  std::uint64_t seed = 0;
  std::function<Hash128()> digest;
};

Subject toy(std::string name, World (*make)(std::uint64_t, std::uint32_t, std::uint64_t)) {
  return {std::move(name), 7, [make] {
            World world = make(7, 50, 500);
            world.run(kEvents);
            return world.digest();
          }};
}

std::vector<Subject> toy_subjects() {
  std::vector<Subject> subjects{
      toy("toys/holders", &toys::holders), toy("toys/talkers", &toys::talkers),
      toy("toys/letters", &toys::letters), toy("toys/keepers", &toys::keepers)};
  for (const std::uint64_t seed : {1, 2, 3})
    subjects.push_back({"toys/storm", seed, [seed] {
                          World world = storm(seed);
                          world.run(kEvents);
                          return world.digest();
                        }});
  return subjects;
}

#ifdef CLEAVE_WITH_SCENARIOS
void add_scenario(std::vector<Subject>& subjects, const std::string& file) {
  const Loaded loaded = load_file(file);
  for (const Configuration& configuration : loaded.configurations) {
    const std::string name = configuration.name.empty() ? file : file + ":" + configuration.name;
    subjects.push_back({name, configuration.scenario.seed,
                        [scenario = configuration.scenario] { return run(scenario).digest; }});
  }
}
#endif

// Holes and blocks of many sizes: whoever depends on addresses or on fresh memory shows it.
std::vector<std::unique_ptr<char[]>> disturb_heap() {
  std::vector<std::unique_ptr<char[]>> blocks;
  for (std::size_t i = 0; i < 20'000; ++i) {
    const std::size_t size = 16 + i * 7919 % 3000;
    blocks.push_back(std::make_unique<char[]>(size));
    std::fill_n(blocks.back().get(), size, static_cast<char>(i));
  }
  for (std::size_t i = 0; i < blocks.size(); i += 2)
    blocks[i].reset();
  return blocks;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<Subject> subjects = toy_subjects();
  bool twice = false;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--twice") {
      twice = true;
      continue;
    }
#ifdef CLEAVE_WITH_SCENARIOS
    add_scenario(subjects, argument);
#endif
  }
  int failed = 0;
  for (const Subject& subject : subjects) {
    const Hash128 first = subject.digest();
    std::printf("%s %lu %s\n", subject.name.c_str(), static_cast<unsigned long>(subject.seed),
                to_hex(first).c_str());
    if (!twice) continue;
    const auto blocks = disturb_heap();
    if (subject.digest() == first) continue;
    std::fprintf(stderr, "%s: the second run differs\n", subject.name.c_str());
    failed = 1;
  }
  return failed;
}
