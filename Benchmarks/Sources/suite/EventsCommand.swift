import ArgumentParser
import Backtesting
import Benchmarking
import Foundation
import Kernels

/// Counts what the loop over blocks and tiles allocates, retains, releases and locks; see scripts/count-allocations.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Count allocations, reference counts and locks in the tile loop.",
    shouldDisplay: false)

  /// Tiles of the shorter run of a block, and of the longer one.
  private static let tiles = (fewer: 1, more: 9)
  private static let blocks = 12

  func run() throws {
    guard let counters = EventCounters() else {
      throw ValidationError("events: found no counters in this process; run scripts/count-allocations")
    }
    print("events of one block of 64 strategies, after the first one of a worker")
    print(
      "case".padding(20) + "precision   " + EventCounters.names.map { $0.padding(13) }.joined()
        + "of each further tile")
    var isClean = true
    for precision in Precision.allCases {
      for name in ["coinflip", "linear-32", "sma-cross", "rsi", "signals", "stops"] {
        let fewer = events(name, precision, tiles: Self.tiles.fewer, counters)
        let more = events(name, precision, tiles: Self.tiles.more, counters)
        let perTile = zip(more, fewer).map { Double($0 - $1) / Double(Self.tiles.more - Self.tiles.fewer) }
        isClean = isClean && perTile.allSatisfy { $0 == 0 }
        print(
          name.padding(20) + precision.rawValue.padding(12) + fewer.map { "\($0)".padding(13) }.joined()
            + (perTile.allSatisfy { $0 == 0 } ? "0" : perTile.map { "\($0)" }.joined(separator: " ")))
      }
    }
    print(isClean ? "no event in the loop over tiles" : "the loop over tiles has events")
    if !isClean { throw ExitCode.failure }
  }

  /// The largest number of each event between two blocks in a run over so many tiles.
  private func events(
    _ name: String, _ precision: Precision, tiles: Int, _ counters: EventCounters
  ) -> [Int] {
    let item = item(name, tiles: tiles)
    let backtest = Backtest(
      market: item.market, segments: [Segment(name: "all", bars: 0..<item.market.count)],
      precision: precision, threads: 1)
    let kinds = EventCounters.names.count
    let counts = DisjointSlots.fill(count: Self.blocks * kinds, repeating: 0) { slots in
      backtest.forEachBlock(of: item.strategies) {
        0
      } body: { _, block in
        let number = block.firstStrategy / StrategyBlock.lanes
        for kind in 0..<kinds { slots.write(counters[kind], at: number * kinds + kind) }
      }
    }
    return (0..<kinds).map { kind in
      (1..<Self.blocks).map { counts[$0 * kinds + kind] - counts[($0 - 1) * kinds + kind] }.max() ?? 0
    }
  }

  /// Whole blocks of a family on so many tiles of bars.
  private func item(_ name: String, tiles: Int) -> BacktestCase {
    let count = Self.blocks * StrategyBlock.lanes
    let features = name == "linear-32" || name == "stops" ? 32 : name == "sma-cross" ? 16 : 1
    // One decision less than bars, and the last tile is whole.
    let market = BacktestCase.market(bars: tiles * TilePlan.barsPerTile(features: features) + 1)
    switch name {
    case "coinflip": return .coinFlips(count, market)
    case "linear-32": return .linear(features: 32, count, market)
    case "stops":
      return .linear(
        features: 32, count, market,
        stops: StopAxes(stopLoss: [0.05], takeProfit: [0.1], maximumHolding: [20]))
    case "sma-cross": return .grid(.smaCross, count, market)
    case "rsi": return .grid(.rsi, count, market)
    default: return .signals(count, market)
    }
  }
}

/// The counters of the library that is loaded before all others, if it is.
private struct EventCounters: @unchecked Sendable {
  static let names = ["allocations", "frees", "retains", "releases", "objects", "locks"]
  private let counters: UnsafePointer<Int>

  init?() {
    guard let symbol = dlsym(nil, "fluke_events") else { return nil }
    counters = UnsafePointer(symbol.assumingMemoryBound(to: Int.self))
  }

  subscript(kind: Int) -> Int { counters[kind] }
}

extension String {
  fileprivate func padding(_ width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
