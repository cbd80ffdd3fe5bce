// Values of several words, changed while another task uses them.
#include <go/go.h>

#include <any>
#include <cstdio>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <variant>

struct Config {
  int Port = 0;
};

// The shared pointer itself: its count may fall to 0 between the two words.
std::shared_ptr<Config> Current = std::make_shared<Config>();

int reload() {
  std::thread Reader([] {
    std::shared_ptr<Config> Mine = Current;
    std::printf("%d\n", Mine->Port);
  });
  Current = std::make_shared<Config>(); // bug: race-torn-value
  Reader.join();
  return 0;
}

// A pointer and a length, through helper functions.
std::string_view Latest = "nothing";
void set(std::string_view Value) { Latest = Value; } // bug: race-torn-value
size_t letters() { return Latest.size(); }

void view() {
  go::WaitGroup Wg;
  Wg.go([] { set("something longer"); });
  Wg.go([] { std::printf("%zu letters\n", letters()); });
  Wg.wait();
}

// In members, through methods.
class Button {
public:
  void onClick(std::function<void()> F) {
    Handler = std::move(F); // bug: race-torn-value
  }
  void click() {
    if (Handler)
      Handler();
  }

private:
  std::function<void()> Handler;
};

void clicks(std::function<void()> Other) {
  Button B;
  std::jthread Clicker([&B] { B.click(); });
  B.onClick(std::move(Other));
}

// Which alternative it is, and its value.
void variants() {
  std::variant<int, double> Reading = 0;
  auto Sensor = std::async([&Reading] {
    for (int I = 0; I < 100; ++I)
      Reading = I * 0.5; // bug: race-torn-value
  });
  while (!std::holds_alternative<double>(Reading))
    ;
  Sensor.get();
}

void anything() {
  std::any Box;
  std::thread Filler([&] { Box = std::string("full"); }); // bug: race-torn-value
  if (Box.has_value())
    std::printf("something\n");
  Filler.join();
}

// Reset while it is looked at.
struct Session {
  std::optional<std::string> User;
  void logout() { User.reset(); } // bug: race-torn-value
  bool isKnown() const { return User.has_value(); }
};

void sessions() {
  Session S;
  std::thread Guest([&S] { S.logout(); });
  std::printf("%d\n", S.isKnown());
  Guest.join();
}

// A pair like an interface: what it is, and where.
struct Shape {
  int (*Area)(const void *) = nullptr;
  const void *Data = nullptr;
};
int areaOf(const void *P) { return *static_cast<const int *>(P); }

void shapes(const int &Side) {
  Shape Now;
  std::thread Drawer([&Now] {
    Shape Mine = Now;
    if (Mine.Area)
      std::printf("%d\n", Mine.Area(Mine.Data));
  });
  Now = Shape{areaOf, &Side}; // bug: race-torn-value
  Drawer.join();
}

// One side takes the lock, the other does not.
struct Registry {
  std::mutex M;
  std::weak_ptr<Config> Last;
  void remember(const std::shared_ptr<Config> &C) {
    std::lock_guard Guard(M);
    Last = C;
  }
  bool isGone() { return Last.expired(); } // bug: race-torn-value
};

void registries(const std::shared_ptr<Config> &C) {
  Registry R;
  go::WaitGroup Wg;
  Wg.go([&] { R.remember(C); });
  Wg.go([&] { std::printf("%d\n", R.isGone()); });
  Wg.wait();
}
