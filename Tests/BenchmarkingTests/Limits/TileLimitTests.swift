import Artifacts
import Backtesting
import Testing

@testable import Benchmarking

@Suite struct TileLimitTests {
  @Test func theTileLoopIsTheLimit() {
    let limit = TileLimit(
      tile: 7e-10, score: 3e-10, account: 5e-10, accountAgain: 4e-10, bytes: 2, bandwidth: 1e10)
    #expect(limit.seconds == 7e-10)
    #expect(limit.memory == 2e-10)
    #expect(limit.rate == 1 / 7e-10)
  }

  @Test func slowMemoryIsTheLimit() {
    let limit = TileLimit(
      tile: 7e-10, score: 3e-10, account: 5e-10, accountAgain: 4e-10, bytes: 20, bandwidth: 1e10)
    #expect(limit.seconds == 2e-9)
    #expect(limit.rate == 1 / 2e-9)
  }

  /// A product and then the kernel, unless memory is slower; without features there is no product.
  @Test func inTurn() {
    var limit = TileLimit(
      tile: 5, score: 1, product: 4, account: 3, accountAgain: 2, bytes: 2, bandwidth: 1)
    #expect(limit.inTurn == 7)
    limit.bytes = 9
    #expect(limit.inTurn == 9)
    limit.product = nil
    #expect(limit.inTurn == nil)
  }

  @Test func theMedianOfEachPart() {
    func limit(_ part: Double, product: Double?) -> TileLimit {
      TileLimit(
        tile: part, score: 10 - part, product: product, account: 2 * part, accountAgain: 3 * part, bytes: 2,
        bandwidth: 4 * part)
    }
    let limits = [limit(5, product: 1), limit(1, product: 9), limit(3, product: 4)]
    #expect(TileLimit.median(of: limits) == limit(3, product: 4))
    #expect(TileLimit.median(of: [limit(1, product: nil), limit(3, product: nil)]) == limit(2, product: nil))
  }

  @Test func asJSON() throws {
    let limit = TileLimit(
      tile: 0.625, score: 0.25, product: 0.75, account: 0.5, accountAgain: 0.375, bytes: 2, bandwidth: 8)
    let bytes = try JSONDocument.encode(limit)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == """
        {
          "account_same_tile_seconds": 0.375,
          "account_seconds": 0.5,
          "memory_bytes": 2,
          "memory_bytes_per_second_per_core": 8,
          "memory_seconds": 0.25,
          "product_and_account_seconds": 1.25,
          "product_seconds": 0.75,
          "rate": 1.6,
          "score_seconds": 0.25,
          "tile_seconds": 0.625
        }

        """)
    #expect(try JSONDocument.decode(TileLimit.self, from: bytes, document: "limit") == limit)
  }

  @Test func recordsOfBeforeHaveTheHalvesAlone() throws {
    let bytes = Array(
      """
      {"account_same_tile_seconds": 4, "account_seconds": 5, "memory_bytes": 2, "score_seconds": 3,
       "memory_bytes_per_second_per_core": 8}
      """.utf8)
    let limit = try JSONDocument.decode(TileLimit.self, from: bytes, document: "limit")
    #expect(limit.tile == 8)
    #expect(limit.product == nil)
  }

  /// On a clock that counts its looks, each half of a tile takes one second, and so does the whole.
  @Test(arguments: [1, 2]) func aTileAtATime(threads: Int) {
    let market = BacktestCase.market(bars: 600)
    let item = BacktestCase.linear(features: 4, 100, market)
    let sample = item.backtest(.single, threads: 1).tileSample(of: item.strategies, count: 8, as: Float.self)
    #expect(sample.blocks.map(\.count) == [64, 36])
    let side = SideBySide(clock: CountingClock().seconds, threads: threads, seconds: 200)
    let limit = TileLimit.measure(sample, bandwidth: 100 * Double(threads), side: side)
    // Four features in single precision, for the 64 strategies of one tile and the 36 of the other, which take turns.
    #expect(abs(limit.bytes - 2 * 16 / 100.0) < 0.02)
    #expect(limit.bandwidth == 100)
    if threads == 1 {
      // A tile has 599 decisions, of 50 strategies on average.
      #expect(abs(limit.score * 599 * 50 - 1) < 0.1)
      #expect(limit.account == limit.score)
      #expect(limit.accountAgain == limit.score)
      #expect(abs(limit.tile * 599 * 50 - 1) < 0.1)
      // The product has a tile of all bars that one may have, and of all lanes.
      #expect(abs((limit.product ?? 0) * 1_024 * 64 - 1) < 0.1)
    }
  }
}
