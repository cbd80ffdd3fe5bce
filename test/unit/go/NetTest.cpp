// D3 and the waits of go::net: golib.md 3.2, and issue 4's small server.
#include "World.h"

#include <atomic>
#include <cstring>
#include <thread>
#include <unistd.h>

using namespace std::chrono_literals;
namespace net = go::net;

namespace {

GO_SUITE(Net);

net::Listener listenAnywhere() {
  net::Listener L;
  go::Error Err = net::listen("127.0.0.1:0", L);
  EXPECT_FALSE(Err) << Err.message();
  return L;
}

void echo(net::Conn C) {
  char Bytes[512];
  for (net::Result R; (R = C.read(Bytes, sizeof(Bytes)));)
    C.write(Bytes, R.Count);
  C.close();
}

TEST_P(Net, EchoOfManyConnections) {
  run([] {
    net::Listener L = listenAnywhere();
    go::WaitGroup Servers, Clients;
    Servers.go([&] {
      for (net::Conn C; !L.accept(C);)
        Servers.go([C] { echo(C); });
    });
    for (int I = 0; I < 20; ++I)
      Clients.go([&, I] {
        net::Conn C;
        go::Error Err = net::dial(L.address(), C);
        ASSERT_FALSE(Err) << Err.message();
        EXPECT_EQ(C.peerAddress(), L.address());
        std::string Sent = "message " + std::to_string(I), Back;
        for (int K = 0; K < 10; ++K) {
          EXPECT_TRUE(C.write(Sent.data(), Sent.size()));
          char Bytes[64];
          for (Back.clear(); Back.size() < Sent.size();) {
            net::Result R = C.read(Bytes, sizeof(Bytes));
            ASSERT_TRUE(R) << R.Err.message();
            Back.append(Bytes, R.Count);
          }
          EXPECT_EQ(Back, Sent);
        }
        C.closeWrite();
        char Byte;
        EXPECT_TRUE(C.read(&Byte, 1).Err == net::EndOfFile);
      });
    Clients.wait();
    EXPECT_FALSE(L.close());
    EXPECT_TRUE(L.close() == net::Closed);
    Servers.wait();
  });
}

TEST_P(Net, LargeWritesWaitForTheReader) {
  run([] {
    net::Listener L;
    std::string Path = "unix:/tmp/heddle-net-" + std::to_string(getpid());
    unlink(Path.c_str() + 5);
    ASSERT_FALSE(net::listen(Path, L));
    go::WaitGroup Wg;
    constexpr size_t kSize = 4 << 20;
    Wg.go([&] {
      net::Conn C;
      ASSERT_FALSE(net::dial(Path, C));
      std::string Large(kSize, 'x');
      EXPECT_EQ(C.write(Large.data(), Large.size()).Count, kSize);
    });
    net::Conn C;
    ASSERT_FALSE(L.accept(C));
    size_t Total = 0;
    char Bytes[65536];
    for (net::Result R; (R = C.read(Bytes, sizeof(Bytes)));)
      Total += R.Count;
    EXPECT_EQ(Total, kSize);
    Wg.wait();
    unlink(Path.c_str() + 5);
  });
}

TEST_P(Net, DeadlinesEndWaits) {
  run([] {
    net::Listener L = listenAnywhere();
    net::Conn Client, Server, None;
    ASSERT_FALSE(net::dial(L.address(), Client));
    ASSERT_FALSE(L.accept(Server));
    L.setDeadline(go::now() + 5ms);
    EXPECT_TRUE(L.accept(None) == net::TimedOut);
    char Byte;
    Server.setReadDeadline(go::now() - 1ms);
    EXPECT_TRUE(Server.read(&Byte, 1).Err == net::TimedOut);
    Server.setReadDeadline(go::Time());
    go::WaitGroup Wg;
    Wg.go([&] { EXPECT_TRUE(Server.read(&Byte, 1).Err == net::TimedOut); });
    go::sleep(2ms);
    Server.setDeadline(go::now()); // for one that waits already
    Wg.wait();
  });
}

TEST_P(Net, CloseEndsWaits) {
  run([] {
    net::Listener L = listenAnywhere();
    net::Conn Client, Server;
    ASSERT_FALSE(net::dial(L.address(), Client));
    ASSERT_FALSE(L.accept(Server));
    go::WaitGroup Wg;
    for (int I = 0; I < 3; ++I)
      Wg.go([&] {
        char Byte;
        EXPECT_TRUE(Server.read(&Byte, 1).Err == net::Closed);
      });
    go::sleep(1ms);
    Server.close();
    Wg.wait();
    char Byte;
    EXPECT_TRUE(Client.read(&Byte, 1).Err == net::EndOfFile);
    EXPECT_TRUE(net::Conn().read(&Byte, 1).Err == net::Closed);
  });
}

TEST_P(Net, ErrorsSayWhatWasTried) {
  run([] {
    net::Listener L = listenAnywhere(), Second;
    std::string Here = L.address();
    EXPECT_NE(std::string(net::listen(Here, Second).message())
                  .find("Address already in use"),
              std::string::npos);
    L.close();
    net::Conn C;
    EXPECT_NE(std::string(net::dial(Here, C).message()).find("refused"),
              std::string::npos);
    for (const char *Wrong : {"", "80", "localhost", "1.2.3.4:99999", "host:80",
                              "[::1:80", "unix:"})
      EXPECT_NE(std::string(net::dial(Wrong, C).message()).find("no address"),
                std::string::npos)
          << Wrong;
  });
}

// D3: who waits for the network may be woken from outside.
TEST_P(Net, D3_ANetWaitSuppressesTheVerdict) {
  run([] {
    net::Listener L = listenAnywhere();
    std::string Address = L.address();
    std::thread Outside([=] { // a plain thread, and for 30 ms unknown to go::
      std::this_thread::sleep_for(30ms);
      net::Conn C;
      net::dial(Address, C);
      C.write("x", 1);
      C.close();
    });
    net::Conn C;
    EXPECT_FALSE(L.accept(C));
    char Byte = 0;
    EXPECT_TRUE(C.read(&Byte, 1));
    EXPECT_EQ(Byte, 'x');
    Outside.join();
  });
}

#ifndef SANITIZED
TEST_P(Net, D3_WithoutNetWaitTheVerdictComes) {
  EXPECT_EXIT(
      {
        alarm(20);
        run([] {
          net::Listener L = listenAnywhere();
          L.setDeadline(go::now() + 5ms);
          net::Conn C;
          L.accept(C);
          go::makeChan<int>().recv();
        });
      },
      testing::ExitedWithCode(2), "all goroutines are asleep - deadlock!");
}
#endif

} // namespace
