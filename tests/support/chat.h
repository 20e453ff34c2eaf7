// The words in which tests tell stories of people who write to each other:
//   Chat chat({"east", "west"});
//   chat.add_person("ana", "east", {"phone", "laptop"});
//   chat.add_person("bo", "west", {"phone"});
//   const MessageNumber hello = chat.line(1_s, "ana/phone", {"ana", "bo"}, "hello");
//   chat.run_until(5_s);
//   EXPECT_EQ(chat.shown("bo/phone"), Texts{"hello"});
// Queues and receipts are in one store each, "queues" and "receipts", with a replica in each
// region.
#pragma once
#include "models/device/device.h"
#include "models/messaging/install.h"
#include "models/store/raft/install.h"
#include "sim/check/conversation/durable_first.h"
#include "sim/check/conversation/message_order.h"
#include "sim/check/conversation/messages_arrive.h"
#include "sim/check/conversation/same_view.h"
#include "sim/check/conversation/shown_once.h"
#include "sim/check/conversation/ticks_rise.h"
#include "sim/check/conversation/truthful_ticks.h"
#include "tests/support/lab.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cleave::support {

namespace messaging = models::messaging;

using Texts = std::vector<std::string>;

// Remembers what each device shows, as it says itself.
class MessageWatch : public Recorder {
 public:
  using Recorder::on;
  void on(const Record& record, EventId /*event*/) override {
    if (record.kind() == RecordKind::delivered) delivered = record;
  }
  void on(const Fact& fact) override {
    Recorder::on(fact);
    said.emplace_back(fact);
    const MessageNumber message{fact.subject};
    if (fact.name == facts::kMessageSent.hash) conversation_of[message] = fact.value;
    if (fact.name == facts::kMessageShown.hash) {
      std::vector<MessageNumber>& list = lists[{fact.node, conversation_of[message]}];
      if (std::count(list.begin(), list.end(), message) > 0) shown_twice.push_back(message);
      list.insert(list.begin() + static_cast<std::ptrdiff_t>(fact.value), message);
    }
  }
  void on(const NodeMark& mark) override {
    said.emplace_back(mark);
    if (mark.phase == NodeMark::Phase::down)
      std::erase_if(lists, [&](const auto& list) { return list.first.first == mark.node; });
  }

  Record delivered;  // last
  std::vector<std::variant<Fact, NodeMark>> said;
  std::map<MessageNumber, std::uint64_t> conversation_of;
  std::map<std::pair<NodeId, std::uint64_t>, std::vector<MessageNumber>> lists;
  std::vector<MessageNumber> shown_twice;
};

class Chat {
 public:
  explicit Chat(const std::vector<std::string>& regions, Duration one_way = Duration{40'000'000},
                std::uint64_t seed = 1)
      : lab(regions, one_way, seed), regions_(regions) {
    options.ordering = models::ordering::policy_named("server-timestamp").number;
  }

  Lab lab;
  MessageWatch watch;
  messaging::Options options;
  store::Patience patience;  // of mailboxes
  messaging::Plan plan;
  MessagingCast cast;
  std::map<MessageNumber, std::string> texts;

  // ---- who, before the first line ---------------------------------------------------------------
  void add_stores(const Build& build) {
    options.queues = lab.add_store("queues", regions_, build);
    options.receipts = lab.add_store("receipts", regions_, build);
    for (const std::string& region : regions_)
      plan.regions.push_back({*lab.world.topology().find(region),
                              "gateway/" + region,
                              "mailbox/" + region,
                              {lab.access(region, "queues", store::Routing::nearest, patience),
                               lab.access(region, "receipts", store::Routing::nearest, patience)}});
    built_ = true;
  }
  void add_person(const std::string& name, const std::string& region, const Texts& devices) {
    const auto person = static_cast<std::uint32_t>(plan.people.size());
    plan.people.push_back(name);
    const PlaceId place = *lab.world.topology().find(region);
    for (const std::string& kind : devices) {
      const std::string path = name + "/" + kind;
      const auto at = std::find(regions_.begin(), regions_.end(), region) - regions_.begin();
      plan.devices.push_back(
          {path, lab.world.add_host(path, place), static_cast<std::uint32_t>(at), person, {}});
    }
    plan.devices[plan.devices.size() - devices.size()].habits.reads_after = Duration{500'000'000};
  }
  models::device::Habits& habits(const std::string& device) {
    return plan.devices[device_index(device)].habits;
  }

  // ---- what they do -----------------------------------------------------------------------------
  MessageNumber line(Duration at, const std::string& device, const Texts& members,
                     const std::string& text, std::optional<MessageNumber> answers = {}) {
    if (!built_) add_stores(raft);
    std::vector<models::device::Line>& lines = habits(device).lines;
    lines.push_back({Time{} + at, conversation(members), answers, text});
    const MessageNumber number =
        MessageNumber::of(messaging::node_of(lab.world, plan, device_index(device)),
                          static_cast<std::uint32_t>(lines.size()));
    texts[number] = text;
    return number;
  }

  // Puts a letter into a device's queue, as a mailbox would do it. Requires: add_postman() came
  // before the first line.
  void add_postman(const std::string& region) {
    if (!built_) add_stores(raft);
    postman_ = lab.add_person("postman", region, "queues");
  }
  void put(const std::string& device, const messaging::Letter& letter) {
    store::Request append = lab.request("queues", ObjectType::queue, Action::append, device);
    append.value = messaging::seal(messaging::write_letter(letter), std::nullopt);
    lab.ask(*postman_, std::move(append));
  }

  // ---- time -------------------------------------------------------------------------------------
  void start() {
    if (!built_) add_stores(raft);
    plan.options = options;
    cast = messaging::install(lab.world, plan);
    started_ = true;
  }
  void run_until(Duration since_start) {
    if (!started_) start();
    lab.world.run_until(Time{} + since_start, &watch);
  }
  // Faults are told to the lab, and begin at once.
  FaultId begin(Verb verb, const std::vector<Group>& groups) {
    return begin(lab.make_fault(verb, groups));
  }
  FaultId begin(Fault fault) {
    fault.at = lab.world.now();
    fault.may_be_inert = true;
    const FaultId id = lab.world.schedule(std::move(fault));
    lab.world.run_until(lab.world.now(), &watch);
    return id;
  }
  void cut(const std::vector<Group>& groups) { begin(Verb::cut, groups); }
  void heal() { begin(Verb::heal, {}); }
  void crash(const std::string& who) { begin(Verb::lose_unsynced, {{who}}); }
  void restart(const std::string& who) { begin(Verb::restart, {{who}}); }

  // ---- what came of it --------------------------------------------------------------------------
  // All that a device shows of its conversation; of the first, if there are several.
  Texts shown(const std::string& device, std::uint32_t conversation = 0) const {
    Texts found;
    const auto list = watch.lists.find({lab.node(device), conversation});
    if (list == watch.lists.end()) return found;
    for (const MessageNumber message : list->second)
      found.push_back(texts.contains(message) ? texts.at(message) : "?");
    return found;
  }
  bool stated(Purpose fact, MessageNumber message, const std::string& device) const {
    return when(fact, message, device).has_value();
  }
  // First.
  std::optional<Time> when(Purpose fact, MessageNumber message, const std::string& device,
                           std::optional<std::uint64_t> value = {}) const {
    for (const Fact& f : watch.facts)
      if (f.name == fact.hash && f.subject == message.value && f.node == lab.node(device) &&
          (!value || f.value == *value))
        return f.at;
    return std::nullopt;
  }
  // Of a person, in the order in which a device showed them.
  std::vector<MessageStatus> statuses(MessageNumber message, const std::string& device,
                                      std::uint32_t person) const {
    std::vector<MessageStatus> found;
    for (const Fact& f : watch.facts_named(facts::kStatusShown)) {
      const StatusShown shown = StatusShown::unpack(f.value);
      if (f.subject == message.value && f.node == lab.node(device) && shown.person == person)
        found.push_back(shown.status);
    }
    return found;
  }
  // Names of the judges of messages that find something wrong, with what it is.
  std::map<std::string, std::string> wrong(Duration within = Duration{30'000'000'000}) const {
    std::map<std::string, std::string> found;
    std::vector<std::string> names;
    for (std::uint32_t node = 0; node < lab.world.node_count(); ++node)
      names.emplace_back(lab.world.name({node}));
    const RunEnd end{lab.world.now(), lab.world.event(), lab.world.ledger(), {}, names};
    for (auto& [name, judge] : judges(within)) {
      for (const auto& said : watch.said)
        std::visit([&judge = judge](const auto& what) { judge->on(what); }, said);
      const Verdict verdict = judge->finish(end);
      if (verdict.word == Word::violated) found.emplace(name, verdict.why);
    }
    return found;
  }
  const models::device::Device& device(const std::string& path) const {
    return lab.world.node<models::device::Device>(lab.node(path));
  }
  Texts device_names() const {
    Texts names;
    for (const messaging::DevicePlan& device : plan.devices)
      names.push_back(device.path);
    return names;
  }

  static store::BuiltStore raft(World& world, const store::StorePlan& store) {
    return models::store::raft::install(world, store, {});
  }

 private:
  std::map<std::string, std::unique_ptr<Checker>> judges(Duration within) const {
    std::map<NodeId, std::uint32_t> persons;
    for (const MessagingCast::Device& device : cast.devices)
      persons.emplace(device.node, device.person);
    const conversation::Deadlines::Options soon{within, {}};
    std::map<std::string, std::unique_ptr<Checker>> all;
    const auto add = [&all]<class J>(const char* name, J judge) {
      all.emplace(name, std::make_unique<J>(std::move(judge)));
    };
    add("causal-order",
        conversation::MessageOrder({}, conversation::MessageOrder::Relation::causal));
    add("durable-first", conversation::DurableFirst({}));
    add("messages-arrive", conversation::MessagesArrive({}, soon));
    add("queues-drain",
        conversation::MessagesArrive({}, soon, conversation::MessagesArrive::Until::acknowledged));
    add("receipts-arrive", conversation::ReceiptsArrive({{}, persons, soon}));
    add("same-view", conversation::SameView({{}, within}));
    add("sender-order",
        conversation::MessageOrder({}, conversation::MessageOrder::Relation::sender));
    add("shown-once", conversation::ShownOnce({}));
    add("ticks-rise", conversation::TicksRise({}));
    add("truthful-ticks", conversation::TruthfulTicks({{}, persons}));
    return all;
  }
  std::uint32_t device_index(const std::string& path) const {
    const auto found = std::find_if(plan.devices.begin(), plan.devices.end(),
                                    [&](const auto& device) { return device.path == path; });
    return static_cast<std::uint32_t>(found - plan.devices.begin());
  }
  std::uint32_t conversation(const Texts& members) {
    MessagingCast::Conversation wanted;
    for (const std::string& name : members) {
      wanted.name += (wanted.name.empty() ? "" : " and ") + name;
      const auto person = std::find(plan.people.begin(), plan.people.end(), name);
      wanted.members.push_back(static_cast<std::uint32_t>(person - plan.people.begin()));
    }
    std::stable_sort(wanted.members.begin(), wanted.members.end());
    for (std::uint32_t i = 0; i < plan.conversations.size(); ++i)
      if (plan.conversations[i].members == wanted.members) return i;
    plan.conversations.push_back(wanted);
    return static_cast<std::uint32_t>(plan.conversations.size() - 1);
  }

  std::vector<std::string> regions_;
  bool built_ = false;
  bool started_ = false;
  std::optional<NodeId> postman_;
};

}  // namespace cleave::support
