#include "sim/explore/script.h"

#include "sim/base/assert.h"
#include "sim/base/quantity.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/load.h"
#include "sim/scenario/run.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace cleave {
namespace {

struct Written {
  Time at;
  std::string person, kind, to;
};

// "A", "B", ... "Z", "AA": what is said matters to nobody, and counters are already numbers.
std::string letters(std::size_t index) {
  std::string text(1, static_cast<char>('A' + index % 26));
  return index < 26 ? text : letters(index / 26 - 1) + text;
}

// A group by its name, else the other of two.
std::string addressee(const ConversationResult& conversation, const Section& scenario,
                      const std::string& writer) {
  const Section* groups = scenario.find("groups");
  if (groups && groups->find(conversation.name)) return conversation.name;
  const auto other =
      std::find_if(conversation.people.begin(), conversation.people.end(),
                   [&writer](const std::string& person) { return person != writer; });
  return other == conversation.people.end() ? writer : *other;
}

// Whatever the scenario does not say word by word.
std::optional<std::vector<Written>> written_at_random(const RunResult& run,
                                                      const Section& scenario) {
  std::vector<Written> all;
  for (const ConversationResult& conversation : run.conversations) {
    if (conversation.sent > conversation.messages.size()) return std::nullopt;
    for (const MessageResult& message : conversation.messages) {
      if (!message.text.empty()) continue;
      const std::size_t slash = message.device.rfind('/');  // "ana/phone", "crowd/1/phone"
      std::string person = message.device.substr(0, slash);
      std::string to = addressee(conversation, scenario, person);
      all.push_back({message.sent, std::move(person), message.device.substr(slash + 1), to});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Written& a, const Written& b) { return a.at < b.at; });
  return all;
}

std::optional<RunResult> result_of(const Section& scenario) {
  try {
    return run(load_text("generated.yaml", to_yaml(scenario)).configurations.front().scenario);
  } catch (const ScenarioError&) {
    return std::nullopt;
  } catch (const EngineBug&) {
    return std::nullopt;
  }
}

bool is_generator(const Section& item) {
  return item.find("every") != nullptr;
}

}  // namespace

std::optional<Section> scripted(const Section& scenario) {
  constexpr std::int64_t kMillisecond = 1'000'000;
  const Section* generated = scenario.find("conversations");
  if (!generated || std::none_of(generated->items.begin(), generated->items.end(), is_generator))
    return std::nullopt;
  const std::optional<RunResult> result = result_of(scenario);
  const auto written = result ? written_at_random(*result, scenario) : std::nullopt;
  if (!written || written->empty()) return std::nullopt;
  Section script = scenario;
  std::vector<Section>& items = script.find("conversations")->items;
  std::erase_if(items, is_generator);
  for (std::size_t i = 0; i < written->size(); ++i) {
    const auto& [at, person, kind, to] = (*written)[i];
    const Duration when{(at - Time{}).ns / kMillisecond * kMillisecond};
    items.push_back(map_of({{"at", scalar(to_text(when))},
                            {"by", scalar(person)},
                            {"on", scalar(kind)},
                            {"to", scalar(to)},
                            {"say", scalar(letters(i))}}));
  }
  return script;
}

}  // namespace cleave
