import Testing

@testable import Benchmarking

@Suite struct BenchmarkCaseTests {
  private let cases = BenchmarkCase.standard(strategies: 640)

  @Test func namesAreUnique() {
    #expect(Set(cases.map(\.name)).count == cases.count)
  }

  @Test func everyKindOfWorkIsThere() {
    for name in [
      "memory", "product", "accounting", "coinflip", "linear-4", "linear-8", "linear-16", "linear-32",
      "linear-64", "sma-cross", "ema-cross", "momentum", "rsi", "bollinger", "donchian", "macd", "stochastic",
      "signals", "cscv", "spa",
    ] {
      #expect(cases.contains { $0.name == name }, "\(name)")
    }
  }

  @Test func chosenInTheirOwnOrder() throws {
    #expect(try BenchmarkCase.choose([], from: cases).count == cases.count)
    #expect(try BenchmarkCase.choose(["spa", "rsi"], from: cases).map(\.name) == ["rsi", "spa"])
    #expect(try BenchmarkCase.choose(["linear"], from: cases).count == 5)
    #expect(try BenchmarkCase.choose(["linear-4", "linear"], from: cases).count == 5)
    #expect(try BenchmarkCase.choose(["linear-4"], from: cases).map(\.name) == ["linear-4"])
  }

  @Test(arguments: ["lin", "", "linear-", "SPA"]) func unknownNamesAreRefused(name: String) {
    #expect(throws: UnknownCase(name: name, known: cases.map(\.name))) {
      try BenchmarkCase.choose(["rsi", name], from: cases)
    }
  }
}

@Suite struct SettingTests {
  @Test(
    arguments: [
      (0, nil, 64 << 20), (32 << 20, 24 << 30, 128 << 20), (1 << 30, nil, 512 << 20),
      (32 << 20, 600 << 20, 50 << 20),
    ] as [(Int, Int?, Int)])
  func theTriadIsLargerThanCachesAndSmallerThanMemory(lastCache: Int, memory: Int?, bytes: Int) {
    #expect(Setting.triadCount(lastCache: lastCache, memory: memory) * 4 == bytes)
  }
}
