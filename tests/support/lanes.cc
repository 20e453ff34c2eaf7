#include "tests/support/lanes.h"

#include "sim/check/history/history_builder.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>
#include <string_view>

namespace cleave::testing {
namespace {

[[noreturn]] void refuse(const std::string& what) {
  throw std::invalid_argument("lanes: " + what);
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : text) {
    if (c == at && !(at == ' ' && part.find('[') != std::string::npos &&
                     part.find(']') == std::string::npos)) {
      if (!part.empty()) parts.push_back(part);
      part.clear();
    } else if (!(part.empty() && c == ' ')) {
      part += c;
    }
  }
  while (!part.empty() && part.back() == ' ')
    part.pop_back();
  if (!part.empty()) parts.push_back(part);
  return parts;
}

Value value_of(const std::string& text, HistoryBuilder& builder) {
  if (text == "nil") return {};
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  const bool digits = text.size() > sign && std::all_of(text.begin() + sign, text.end(), ::isdigit);
  return digits ? integer(std::stoll(text)) : builder.names().intern(text);
}

// "x=1" is of object x, "1" of the only one.
struct Target {
  std::uint32_t key = 0;
  std::string value;
};
Target target_of(const std::string& text, HistoryBuilder& builder) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) return {0, text};
  return {builder.key(builder.names().intern(text.substr(0, equals))), text.substr(equals + 1)};
}

const std::map<std::string, Call> kCalls{
    {"r", Call::read},       {"w", Call::write},      {"cas", Call::compare_and_set},
    {"raise", Call::raise},  {"add", Call::add},      {"rem", Call::remove},
    {"app", Call::append},   {"enq", Call::enqueue},  {"deq", Call::dequeue},
    {"gen", Call::generate}, {"drain", Call::drain},  {"acq", Call::acquire},
    {"rel", Call::release},  {"t", Call::transaction}};

Call call_of(const std::string& word) {
  const auto found = kCalls.find(word);
  if (found == kCalls.end()) refuse("\"" + word + "\" is no call");
  return found->second;
}

bool answers(Call call) {
  return call == Call::read || call == Call::dequeue || call == Call::drain ||
         call == Call::generate;
}

// Of an operation or a step.
template <class T>
void fill_in(T& asked, const std::string& text, HistoryBuilder& builder) {
  const Target target = target_of(text, builder);
  asked.key = target.key;
  if (!answers(asked.call)) {
    asked.argument = value_of(target.value, builder);
  } else if (target.value.front() == '[') {
    std::vector<Value> list;
    for (const auto& part : split(target.value.substr(1, target.value.size() - 2), ' '))
      list.push_back(value_of(part, builder));
    asked.answer = Answer::many;
    asked.results = builder.values(list);
  } else if (target.value != "?") {
    asked.answer = Answer::one;
    asked.result = value_of(target.value, builder);
  }
}

Operation parse(const std::string& text, HistoryBuilder& builder) {
  Operation asked;
  const std::size_t space = text.find(' ');
  asked.call = call_of(text.substr(0, space));
  const std::string rest = space == std::string::npos ? "" : text.substr(space + 1);
  if (asked.call == Call::transaction) {
    std::vector<Step> steps;
    for (const std::string& part : split(rest, ';')) {
      const auto words = split(part, ' ');
      Step step;
      step.call = call_of(words.at(0));
      fill_in(step, words.at(1), builder);
      steps.push_back(step);
    }
    asked.steps = builder.steps(steps);
  } else if (asked.call == Call::compare_and_set) {
    auto words = split(rest, ' ');
    if (words.size() == 3) {
      asked.key = builder.key(builder.names().intern(words[0]));
      words.erase(words.begin());
    }
    asked.expected = value_of(words.at(0), builder);
    asked.argument = value_of(words.at(1), builder);
  } else if (!rest.empty()) {
    fill_in(asked, rest, builder);
  }
  return asked;
}

struct Drawn {
  std::size_t lane = 0;
  std::size_t begins = 0;
  std::size_t ends = 0;
  char how = '|';
  std::string text;
};

std::vector<Drawn> drawn_in(const std::vector<std::string>& drawing) {
  std::vector<Drawn> found;
  for (std::size_t lane = 0; lane < drawing.size(); ++lane) {
    const std::string& line = drawing[lane];
    for (std::size_t begins = line.find('|'); begins != std::string::npos;) {
      const std::size_t ends = line.find_first_of("|!>", begins + 1);
      if (ends == std::string::npos) refuse("an operation without an end in \"" + line + "\"");
      std::string text = line.substr(begins + 1, ends - begins - 1);
      while (!text.empty() && text.back() == ' ')
        text.pop_back();
      found.push_back({lane, begins, ends, line[ends], text.substr(text.find_first_not_of(' '))});
      begins = line.find('|', ends + 1);
    }
  }
  return found;
}

}  // namespace

History lanes(const std::vector<std::string>& drawing) {
  struct Event {
    std::size_t column = 0;
    bool is_end = false;
    const Drawn* drawn = nullptr;
  };
  const std::vector<Drawn> drawn = drawn_in(drawing);
  std::vector<Event> events;
  for (const Drawn& one : drawn) {
    events.push_back({one.begins, false, &one});
    events.push_back({one.ends, true, &one});
  }
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) {
    return a.column != b.column ? a.column < b.column : a.is_end < b.is_end;
  });
  HistoryBuilder builder;
  for (const Event& event : events) {
    const Value process = integer(static_cast<std::int64_t>(event.drawn->lane));
    if (!event.is_end) {
      builder.invoke(process, parse(event.drawn->text, builder));
      continue;
    }
    const char how = event.drawn->how;
    builder.complete(process, how == '|'   ? Ending::done
                              : how == '!' ? Ending::failed
                                           : Ending::pending);
  }
  return std::move(builder).build();
}

}  // namespace cleave::testing
