#include "sim/draw/map.h"

#include "tests/draw/geometry.h"
#include "tests/draw/labels.h"
#include "tests/draw/recordings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cleave::draw {
namespace {

constexpr Size kUsual{360, 310};
constexpr Size kSizes[] = {{360, 310}, {760, 420}, {190, 170}, {1080, 930}};

World world_at(const Recording& recording, Time at) {
  World world = recording.start;
  world.run_until(at);
  return world;
}

View view_at(const Recording& recording, Time at) {
  View view;
  view.at = at;
  view.reference = recording.cast.replicas.front().front();
  return view;
}

Drawing map_at(const Recording& recording, Time at, Size size = kUsual) {
  return draw_map(recording, world_at(recording, at), view_at(recording, at), size);
}

// So many regions, a replica and some clients in each, and a fault from 2 to 6 s.
std::string regions_scenario(std::size_t regions, const std::string& fault) {
  const std::vector<std::string> all{"us-east",      "us-west",      "eu-west", "eu-central",
                                     "ap-northeast", "ap-southeast", "sa-east"};
  std::string names;
  std::string replicas;
  std::string clients;
  for (std::size_t i = 0; i < regions; ++i) {
    const std::string& name = all[i];
    names += (i > 0 ? ", " : "") + name;
    replicas += (i > 0 ? ", " : "") + name + ": " + std::to_string(i == 0 ? 3 : 1);
    clients += "  c" + std::to_string(i) + ": {count: " + std::to_string(i + 1) +
               ", region: " + name + "}\n";
  }
  return "cleave: 1\nname: Regions\nrun_for: 8s\ntopology: {latency: aws-2017, regions: [" + names +
         "]}\nstores:\n  notes: {engine: primary-backup, replicas: {" + replicas +
         "}}\nclients:\n" + clients +
         "workload:\n  - {to: 7s, every: 5ms, by: [c0], do: write, on: notes, key: k, deadline: "
         "2s}\n"
         "faults:\n  - {name: trouble, at: 2s, for: 4s, " +
         fault + "}\n";
}

TEST(Map, labels_are_whole_and_apart) {
  for (const Recording* recording : {&tutorial(), &github()})
    for (const Size size : kSizes)
      for (const int at : {0, 5, 15, 21, 30, 50}) {
        const Drawing drawing = map_at(*recording, seconds(at), size);
        EXPECT_EQ(trouble_with_labels(drawing), "")
            << recording->result.scenario << " at " << at << " s, " << size.width << " wide";
      }
}

TEST(Map, shows_the_part_of_a_replica_beside_its_trouble_and_how_far_it_is) {
  const Drawing calm = map_at(github(), seconds(10));
  EXPECT_TRUE(says(calm, "primary"));
  EXPECT_TRUE(says(calm, "epoch 1, log "));
  const Drawing cut = map_at(github(), seconds(45));
  std::size_t primaries = 0;
  for (const Label& label : all_of<Label>(cut))
    if (label.text.starts_with("primary")) ++primaries;
  EXPECT_EQ(primaries, 2u) << "both coasts have one, whatever waits there";
  EXPECT_TRUE(says(cut, "waiting"));
}

TEST(Map, labels_are_whole_and_apart_for_any_number_of_regions) {
  for (const std::size_t regions : {1, 2, 3, 4, 5, 7}) {
    const auto recording = recording_of(regions_scenario(regions, "crash: notes/us-east/1"));
    for (const Size size : kSizes) {
      const Drawing drawing = map_at(*recording, seconds(3), size);
      EXPECT_EQ(trouble_with_labels(drawing), "") << regions << " regions, " << size.width;
    }
  }
}

TEST(Map, spots_are_inside_and_have_names) {
  for (const std::size_t regions : {1, 2, 3, 7}) {
    const auto recording = recording_of(regions_scenario(regions, "pause: notes/us-east/1"));
    const Drawing drawing = map_at(*recording, seconds(3));
    ASSERT_FALSE(drawing.spots.empty());
    for (const Spot& spot : drawing.spots) {
      EXPECT_FALSE(spot.name.empty());
      EXPECT_GE(spot.rect.x, 0) << spot.name;
      EXPECT_GE(spot.rect.y, 0) << spot.name;
      EXPECT_LE(spot.rect.right(), kUsual.width) << spot.name;
      EXPECT_LE(spot.rect.bottom(), kUsual.height) << spot.name;
    }
  }
}

// Every node can be pointed at, alone or in a stack.
TEST(Map, has_a_place_for_every_node) {
  const auto recording = recording_of(regions_scenario(4, "pause: notes/us-east/1"));
  const Drawing drawing = map_at(*recording, Time{});
  for (const NodeId id : recording->cast.replicas[0]) {
    const Spot* spot = spot_of(drawing, target_of(id));
    ASSERT_NE(spot, nullptr) << recording->name(id);
    const Point middle{spot->rect.x + spot->rect.width / 2, spot->rect.y + spot->rect.height / 2};
    EXPECT_EQ(spot_at(drawing, middle), spot);
  }
  for (const auto& group : recording->cast.clients) {
    const bool few = group.size() <= 2;
    const Target target =
        few ? target_of(group.front()) : Target{Target::Kind::lane, group.front().value, 0};
    EXPECT_NE(spot_of(drawing, target), nullptr);
  }
}

TEST(Map, places_do_not_move) {
  const Drawing early = map_at(tutorial(), seconds(1));
  const Drawing late = map_at(tutorial(), seconds(20));
  for (const Spot& spot : early.spots) {
    if (spot.target.kind == Target::Kind::message) continue;
    const Spot* later = spot_of(late, spot.target);
    ASSERT_NE(later, nullptr) << spot.name;
    EXPECT_EQ(later->rect.x, spot.rect.x) << spot.name;
    EXPECT_EQ(later->rect.y, spot.rect.y) << spot.name;
  }
}

TEST(Map, says_what_is_cut) {
  const Target link{Target::Kind::link, 0, 1};
  const Drawing during = map_at(tutorial(), seconds(15));
  EXPECT_TRUE(says(during, "split: cut us-east | us-west"));
  EXPECT_EQ(spot_of(during, link)->name, "us-east to us-west, 43.5 ms, cut");
  EXPECT_EQ(spot_of(during, {Target::Kind::region, 0, 0})->name,
            "us-east: 1 replica, 4 clients; cut off from us-west");
  const Drawing after = map_at(tutorial(), seconds(25));
  EXPECT_TRUE(says(after, "no fault: everybody reaches everybody"));
  EXPECT_EQ(spot_of(after, link)->name, "us-east to us-west, 43.5 ms, open");
}

std::vector<Fill> hatched(const Drawing& drawing) {
  std::vector<Fill> found;
  for (const Shape& shape : drawing.shapes)
    if (const Path* path = std::get_if<Path>(&shape); path && path->fill.hatched)
      found.push_back(path->fill);
  return found;
}

TEST(Map, draws_a_band_only_where_something_is_cut) {
  EXPECT_EQ(hatched(map_at(tutorial(), seconds(5))).size(), 0u);
  EXPECT_EQ(hatched(map_at(tutorial(), seconds(15))).size(), 1u);
  const auto three = recording_of(regions_scenario(3, "cut: [us-east, rest]"));
  EXPECT_EQ(hatched(map_at(*three, seconds(3))).size(), 2u) << "to either of the others";
}

TEST(Map, tells_a_cut_in_one_direction_from_one_in_both) {
  const auto recording =
      recording_of(regions_scenario(2, "cut_one_way: {from: us-east, to: us-west}"));
  const Drawing drawing = map_at(*recording, seconds(3));
  const Spot* link = spot_of(drawing, {Target::Kind::link, 0, 1});
  ASSERT_NE(link, nullptr);
  EXPECT_NE(link->name.find("cut from us-east to us-west"), std::string::npos) << link->name;
}

TEST(Map, shades_components_alike) {
  const auto ground = [](const Drawing& drawing, std::size_t island) {
    std::vector<Ink> inks;
    for (const Shape& shape : drawing.shapes)
      if (const Box* box = std::get_if<Box>(&shape); box && box->radius == 12)
        inks.push_back(box->fill.ink);
    return inks.at(island);
  };
  const Drawing before = map_at(tutorial(), seconds(5));
  EXPECT_EQ(ground(before, 0), ground(before, 1));
  const Drawing during = map_at(tutorial(), seconds(15));
  EXPECT_NE(ground(during, 0), ground(during, 1));
}

TEST(Map, counts_updates_away_from_the_reference) {
  const Time at = seconds(15);
  const World now = world_at(tutorial(), at);
  const std::vector<NodeId>& replicas = tutorial().cast.replicas[0];
  const std::uint64_t distance = now.ledger().distance(StoreId{0}, replicas[0], replicas[1]);
  ASSERT_GT(distance, 10u);
  const Drawing drawing = map_at(tutorial(), at);
  EXPECT_TRUE(says(drawing, std::to_string(distance)));
  EXPECT_NE(spot_of(drawing, target_of(replicas[1]))
                ->name.find(std::to_string(distance) + " updates away from notes/us-east/0"),
            std::string::npos);
}

TEST(Map, says_who_is_down_and_who_is_paused) {
  const auto down = recording_of(regions_scenario(2, "crash: notes/us-east/1"));
  EXPECT_TRUE(says(map_at(*down, seconds(3), {760, 420}), "down"));
  EXPECT_FALSE(says(map_at(*down, seconds(1), {760, 420}), "down"));
  const auto paused = recording_of(regions_scenario(2, "pause: notes/us-east/1"));
  EXPECT_TRUE(says(map_at(*paused, seconds(3), {760, 420}), "paused"));
}

// Of messages that met nothing on their way; one of a quarter of its way must be a quarter along.
TEST(Map, moves_messages_from_sender_to_receiver) {
  const TraceIndex& trace = tutorial().trace;
  const auto far =
      std::find_if(trace.messages().begin(), trace.messages().end(), [](const auto& m) {
        return tutorial().place(m.from) != tutorial().place(m.to) &&
               (m.ended - m.sent).ns > 40'000'000 && (m.ended - m.sent).ns < 60'000'000;
      });
  ASSERT_NE(far, trace.messages().end());
  const auto index = static_cast<std::uint32_t>(far - trace.messages().begin());
  const auto x_at = [&](int percent) {
    const Drawing drawing =
        map_at(tutorial(), far->sent + (far->ended - far->sent) * percent / 100);
    const Spot* spot = spot_of(drawing, {Target::Kind::message, index, 0});
    return spot ? spot->rect.x + spot->rect.width / 2 : -1.0;
  };
  const double begin = x_at(0);
  const double end = x_at(99);
  ASSERT_GE(begin, 0);
  ASSERT_GE(end, 0);
  EXPECT_GT(std::abs(end - begin), 60);
  EXPECT_NEAR(x_at(25), begin + (end - begin) * 25 / 99, 0.5);
  EXPECT_EQ(x_at(100), -1) << "it has arrived";
}

// Nothing crosses a cut, however long it is under way: it waits to be sent again.
TEST(Map, keeps_messages_with_their_sender_while_the_way_is_cut) {
  const Drawing drawing = map_at(tutorial(), seconds(15));
  EXPECT_TRUE(says(drawing, " waiting"));
  for (const Spot& spot : drawing.spots)
    if (spot.target.kind == Target::Kind::message) {
      const TracedMessage& m = tutorial().trace.messages()[spot.target.a];
      EXPECT_EQ(tutorial().place(m.from), tutorial().place(m.to)) << spot.name;
    }
}

TEST(Map, draws_flows_instead_of_too_many_dots) {
  std::string text = regions_scenario(2, "pause: notes/us-east/1");
  const std::string before = "every: 5ms, by: [c0]";
  text.replace(text.find(before), before.size(), "every: 100us, by: [c1]");
  const auto recording = recording_of(text);
  const Drawing drawing = map_at(*recording, seconds(1));
  EXPECT_TRUE(std::none_of(drawing.spots.begin(), drawing.spots.end(), [](const Spot& spot) {
    return spot.target.kind == Target::Kind::message;
  }));
  EXPECT_TRUE(std::any_of(drawing.shapes.begin(), drawing.shapes.end(), [](const Shape& shape) {
    const Line* line = std::get_if<Line>(&shape);
    return line && line->stroke.width == 7.5 && line->stroke.ink == Ink::request;
  }));
}

TEST(Map, tells_the_rest_of_a_crowd_as_a_number) {
  std::string text = regions_scenario(2, "pause: notes/us-east/1");
  text.replace(text.find("us-east: 3"), 10, "us-east: 60");
  const auto recording = recording_of(text);
  const Drawing drawing = map_at(*recording, seconds(1));
  EXPECT_EQ(trouble_with_labels(drawing), "");
  EXPECT_TRUE(says(drawing, " more"));
}

TEST(Map, as_a_table_names_every_replica) {
  const Time at = seconds(15);
  const Table table = table_of_map(tutorial(), world_at(tutorial(), at), view_at(tutorial(), at));
  ASSERT_EQ(table.rows.size(), 4u) << "two replicas, a monitor and a link";
  for (const auto& row : table.rows)
    EXPECT_EQ(row.size(), table.head.size());
  EXPECT_EQ(table.rows[0][0], "notes/us-east/0");
  EXPECT_EQ(table.rows[0][4], "up");
  EXPECT_NE(table.rows[0][5], table.rows[1][5]) << "they are on two sides";
}

}  // namespace
}  // namespace cleave::draw
