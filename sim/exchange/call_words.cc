#include "sim/exchange/call_words.h"

#include <array>
#include <span>
#include <vector>

namespace cleave::exchange {
namespace {

constexpr CallWord kRead{"read", Call::read, Shape::one};
constexpr CallWord kWrite{"write", Call::write, Shape::argument};
constexpr CallWord kReadAll{"read", Call::read, Shape::many};
constexpr CallWord kAdd{"add", Call::add, Shape::argument};
constexpr CallWord kRemove{"remove", Call::remove, Shape::argument};
constexpr CallWord kTransaction{"txn", Call::transaction, Shape::steps};

constexpr std::array kRegister{kRead, kWrite};
constexpr std::array kCasRegister{kRead, kWrite,
                                  CallWord{"cas", Call::compare_and_set, Shape::pair}};
constexpr std::array kMaxRegister{kRead, CallWord{"write", Call::raise, Shape::number},
                                  CallWord{"raise", Call::raise, Shape::number}};
constexpr std::array kMultiRegister{CallWord{"txn", Call::transaction, Shape::fields},
                                    CallWord{"read", Call::transaction, Shape::fields},
                                    CallWord{"write", Call::transaction, Shape::fields}};
constexpr std::array kMutex{CallWord{"acquire", Call::acquire, Shape::nothing},
                            CallWord{"release", Call::release, Shape::nothing}};
constexpr std::array kSet{kReadAll, kAdd, kRemove};
constexpr std::array kCounter{kRead, CallWord{"add", Call::add, Shape::number}};
constexpr std::array kQueue{CallWord{"enqueue", Call::enqueue, Shape::argument},
                            CallWord{"dequeue", Call::dequeue, Shape::one},
                            CallWord{"drain", Call::drain, Shape::many}};
constexpr std::array kLog{kReadAll, CallWord{"append", Call::append, Shape::argument}};
constexpr std::array kKv{CallWord{"get", Call::read, Shape::one},
                         CallWord{"put", Call::write, Shape::argument},
                         CallWord{"append", Call::append, Shape::argument}, kRead, kWrite};
constexpr std::array kTransactions{kTransaction};
constexpr std::array kLongFork{CallWord{"read", Call::transaction, Shape::steps},
                               CallWord{"write", Call::transaction, Shape::steps}, kTransaction};
constexpr std::array kBank{CallWord{"read", Call::transaction, Shape::balances},
                           CallWord{"transfer", Call::transaction, Shape::transfer}};

constexpr std::array kIds{CallWord{"generate", Call::generate, Shape::one}};

constexpr std::array kFieldSteps{kRead, kWrite, CallWord{"r", Call::read, Shape::one},
                                 CallWord{"w", Call::write, Shape::argument}};
constexpr std::array kListSteps{CallWord{"append", Call::append, Shape::argument},
                                CallWord{"r", Call::read, Shape::many}};
constexpr std::array kRegisterSteps{CallWord{"r", Call::read, Shape::one},
                                    CallWord{"w", Call::write, Shape::argument}};

std::span<const CallWord> calls_of(Model model) {
  switch (model) {
    case Model::reg:
      return kRegister;
    case Model::cas_register:
      return kCasRegister;
    case Model::multi_register:
      return kMultiRegister;
    case Model::max_register:
      return kMaxRegister;
    case Model::mutex:
      return kMutex;
    case Model::set:
    case Model::set_full:
      return kSet;
    case Model::counter:
      return kCounter;
    case Model::queue:
    case Model::fifo_queue:
      return kQueue;
    case Model::log:
      return kLog;
    case Model::kv:
      return kKv;
    case Model::list_append:
    case Model::rw_register:
      return kTransactions;
    case Model::bank:
      return kBank;
    case Model::long_fork:
      return kLongFork;
    case Model::unique_ids:
      return kIds;
  }
  return {};
}

std::span<const CallWord> steps_of(Model model) {
  switch (model) {
    case Model::multi_register:
      return kFieldSteps;
    case Model::list_append:
      return kListSteps;
    case Model::rw_register:
    case Model::long_fork:
      return kRegisterSteps;
    default:
      return {};
  }
}

const CallWord* find(std::span<const CallWord> words, std::string_view f) {
  for (const CallWord& word : words)
    if (word.f == f) return &word;
  return nullptr;
}

std::string list(std::span<const CallWord> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i)
    text += (i == 0 ? ":" : i + 1 == words.size() ? " or :" : ", :") + std::string(words[i].f);
  return text;
}

}  // namespace

const CallWord* find_call(Model model, std::string_view f) {
  return find(calls_of(model), f);
}
const CallWord* find_step(Model model, std::string_view f) {
  return find(steps_of(model), f);
}
const CallWord* word_of(Model model, Call call) {
  for (const CallWord& word : calls_of(model))
    if (word.call == call) return &word;
  return nullptr;
}
std::string list_of_calls(Model model) {
  return list(calls_of(model));
}
std::string list_of_steps(Model model) {
  return list(steps_of(model));
}

bool is_nil_known(Model model) {
  return model == Model::rw_register || model == Model::long_fork || model == Model::list_append ||
         model == Model::kv || model == Model::queue || model == Model::fifo_queue;
}

}  // namespace cleave::exchange
