#include "gui/session.h"

#include "sim/explore/parting.h"
#include "sim/explore/state_diff.h"

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <stop_token>
#include <utility>

namespace cleave::gui {
namespace {

const Fault& fault_called(const Scenario& scenario, const std::string& name) {
  const auto found = std::find_if(scenario.faults.begin(), scenario.faults.end(),
                                  [&](const Fault& fault) { return fault.name == name; });
  if (found == scenario.faults.end()) throw std::runtime_error("There is no fault " + name + ".");
  return *found;
}

// When two faults that differ in their times begin to.
Time first_change(const Fault& a, const Fault& b) {
  if (a.at != b.at || !a.lasts || !b.lasts) return std::min(a.at, b.at);
  return a.at + std::min(*a.lasts, *b.lasts);
}

void require_configuration(const Loaded& loaded, const std::string& name) {
  if (loaded.find(name) != nullptr) return;
  std::string known;
  for (const Configuration& configuration : loaded.configurations)
    if (!configuration.name.empty()) known += (known.empty() ? "" : ", ") + configuration.name;
  throw std::runtime_error(loaded.file + ": there is no configuration " + in_quotes(name) +
                           (known.empty() ? "; expected a scenario with a part `compare:`"
                                          : "; expected one of its `compare:`: " + known));
}

std::optional<Divergence> where(const Parting& parting) {
  if (!parting.difference) return std::nullopt;
  const auto& [how, chunk, first, second] = *parting.difference;
  if (!first && !second) return Divergence{};
  const Time a{first ? first->record.time_ns : second->record.time_ns};
  const Time b{second ? second->record.time_ns : a.ns};
  return Divergence{(second ? second : first)->event, std::min(a, b)};
}

}  // namespace

std::string label_of_configuration(const std::string& name) {
  return name.empty() ? "as written" : name;
}

Session::Session() : worker_([this](const std::stop_token& stop) { work(stop); }) {
  connect(
      this, &Session::posted, this, [](const Task& task) { task(); }, Qt::QueuedConnection);
}

Session::~Session() {
  worker_.request_stop();
  wake_.notify_all();
}

void Session::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    Task task;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return !tasks_.empty() || seek_; })) return;
      if (!tasks_.empty()) {
        task = std::move(tasks_.front());
        tasks_.pop_front();
      } else {
        task = *std::exchange(seek_, std::nullopt);
      }
    }
    try {
      task();
    } catch (const std::exception& error) {
      post([this, what = QString::fromUtf8(error.what())] { Q_EMIT failed(what); });
    }
  }
}

void Session::add(Task task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }
  wake_.notify_all();
}

void Session::post(std::function<void()> on_caller) {
  Q_EMIT posted(std::move(on_caller));
}

void Session::open(RecordingRequest request) {
  add([this, request = std::move(request)]() mutable {
    record_as(std::move(request), {nullptr, std::nullopt, Time{}, "as it was"}, true);
  });
}

void Session::open_file(const std::string& file, std::optional<std::uint64_t> seed,
                        const std::optional<std::string>& configuration) {
  add([this, file, seed, configuration] {
    Loaded loaded = load_file(file);
    if (configuration) require_configuration(loaded, *configuration);
    record_as(request_of(std::move(loaded), seed), {nullptr, std::nullopt, Time{}, "as it was"},
              true);
  });
}

void Session::run_configuration(const std::string& name) {
  if (!running_.insert(name).second) return;
  const std::shared_ptr<const Recording> first = futures_.at(0).recording;
  add([this, first, name] {
    try {
      record_as(other_configuration(*first, name),
                {nullptr, std::nullopt, Time{}, label_of_configuration(name)}, false);
    } catch (...) {
      post([this, name] { running_.erase(name); });
      throw;
    }
  });
}

bool Session::is_running(const std::string& configuration) const {
  return running_.contains(configuration);
}

std::string Session::origin_of(std::size_t parent) const {
  while (futures_.at(parent).parent)
    parent = *futures_[parent].parent;
  return parent == 0 ? "" : futures_[parent].label + ", ";
}

void Session::branch(std::size_t parent, Deed deed, Time at) {
  const std::shared_ptr<const Recording> recording = futures_.at(parent).recording;
  add([this, parent, recording, origin = origin_of(parent), deed = std::move(deed), at] {
    RecordingRequest request = branch_of(*recording, deed, at);
    const Fault& fault = request.loaded.find(request.configuration)->scenario.faults.back();
    Future future{nullptr, parent, fault.at, origin + fault.name};
    record_as(std::move(request), std::move(future), false);
  });
}

void Session::stretch(std::size_t parent, Stretch stretch) {
  const std::shared_ptr<const Recording> recording = futures_.at(parent).recording;
  add([this, parent, recording, origin = origin_of(parent), stretch = std::move(stretch)] {
    const Fault& before = fault_called(recording->scenario, stretch.fault);
    RecordingRequest request = branch_of(*recording, stretch);
    const Fault& after =
        fault_called(request.loaded.find(request.configuration)->scenario, stretch.fault);
    Future future{nullptr, parent, first_change(before, after), origin + stretch.fault + " moved"};
    record_as(std::move(request), std::move(future), false);
  });
}

void Session::record_as(RecordingRequest request, Future future, bool first) {
  int told = -1;
  request.progress = [this, &told](const Progress& progress) {
    const auto until = static_cast<double>(std::max<std::int64_t>(progress.until.ns, 1));
    const int now = static_cast<int>(1000 * static_cast<double>(progress.at.ns) / until);
    if (now == told) return;
    told = now;
    post([this, now] { Q_EMIT progressed(now); });
  };
  request.levels = true;  // a panel shows them
  Recorded recorded = record(request);
  future.recording = std::move(recorded.recording);
  if (first) timelines_.clear();
  timelines_.push_back(std::move(recorded.timeline));
  post([this, future = std::move(future), first] {
    if (first) {
      futures_.clear();
      running_.clear();
    }
    if (!future.parent) running_.erase(future.recording->result.configuration);
    futures_.push_back(future);
    Q_EMIT opened(futures_.size() - 1);
  });
}

void Session::send_frame(std::size_t run) {
  const World& world = timelines_[run].world();
  const auto frame = std::make_shared<const Frame>(Frame{
      run, world.now(), world.event(), std::make_shared<const World>(world), world.state_digest()});
  post([this, frame] { Q_EMIT framed(frame); });
}

// Takes the place of a seek that still waits.
template <class Goal>
void Session::seek_to(std::size_t run, Goal goal) {
  {
    const std::lock_guard lock(mutex_);
    seek_ = [this, run, goal] {
      if (run >= timelines_.size()) return;  // of a session before
      timelines_[run].seek(goal);
      send_frame(run);
    };
  }
  wake_.notify_all();
}

void Session::seek(std::size_t run, Time at) {
  seek_to(run, at);
}

void Session::seek(std::size_t run, EventId event) {
  seek_to(run, event);
}

void Session::find_parting(std::size_t first, std::size_t second) {
  add([this, first, second, a = futures_.at(first).recording, b = futures_.at(second).recording] {
    const auto found = where(parting(a->scenario, a->result, b->scenario, b->result));
    post([this, first, second, found] { Q_EMIT parted(first, second, found); });
  });
}

// Words and the event that is found: "x came to differ" in event 12.
template <class Search>
void Session::search(std::size_t run, std::string words, Search find) {
  add([this, run, words = std::move(words), find = std::move(find)] {
    if (run >= timelines_.size()) return;
    const std::optional<EventId> event = find(timelines_[run]);
    if (!event) return;
    timelines_[run].seek(*event);
    const double seconds = static_cast<double>(timelines_[run].world().now().ns) / 1e9;
    post([this, words = QString::fromStdString(words), value = event->value, seconds] {
      Q_EMIT explained(words, value, seconds);
    });
  });
}

void Session::explain(std::size_t run, Time at, NodeId left, NodeId right,
                      const std::string& path) {
  search(run, path + " came to differ",
         [=](Timeline& timeline) { return first_difference(timeline, path, left, right, at); });
}

void Session::explain_change(std::size_t run, Time at, NodeId node, const std::string& path) {
  search(run, path + " was last changed",
         [=](Timeline& timeline) { return last_change(timeline, path, node, at); });
}

}  // namespace cleave::gui
