import Pipeline
import Testing

@Suite struct BuiltInMarketTests {
  @Test(arguments: [(BuiltInMarket.daily, 2694), (.fiveMinutes, 4032)])
  func isAWholeFile(market: BuiltInMarket, bars: Int) throws {
    let lines = market.bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == bars + 1)
    #expect(lines.first.map { String(decoding: $0, as: UTF8.self) } == "timestamp,open,high,low,close,volume")
    #expect(lines.allSatisfy { line in line.count { $0 == UInt8(ascii: ",") } == 5 })
    #expect(market.bytes.last == UInt8(ascii: "\n"))
  }

  @Test func isFoundByItsName() {
    #expect(BuiltInMarket.allCases.map(\.rawValue) == ["btc-1d", "btc-5m"])
    #expect(BuiltInMarket(rawValue: "btc-1d") == .daily)
  }
}
