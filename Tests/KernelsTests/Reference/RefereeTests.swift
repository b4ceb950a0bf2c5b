import Kernels
import TestSupport
import Testing

/// A referee that never blows the whistle would pass everything, so it is tested too.
@Suite("The referees")
struct RefereeTests {
  /// One member that is compared, with how far it may be off.
  struct Member: Sendable, CustomTestStringConvertible {
    let name: String
    let bound: @Sendable (Tally) -> Double
    let shift: @Sendable (inout Tally, Double) -> Void
    var testDescription: String { name }
  }

  static let roundoff = UnitRoundoff.single
  static let terms = 208 * roundoff
  static let factors = 416 * roundoff

  /// A tally of 200 bars.
  static let tally: Tally = {
    var tally = Tally(bars: 200)
    (tally.barsInMarket, tally.winningBars, tally.tradesClosed, tally.tradesWon) = (120, 64, 20, 11)
    (tally.sum, tally.sumOfSquares, tally.sumOfCubes, tally.sumOfFourths) = (0.5, 0.25, -0.125, 0.5)
    (tally.sumOfLosses, tally.sumOfSquaredLosses) = (-2, 0.125)
    (tally.growth, tally.highest, tally.lowest, tally.maximumDrawdown) = (1.5, 2, 0.75, 0.375)
    (tally.turnover, tally.grossProfit, tally.grossLoss) = (40, 1.25, 0.5)
    return tally
  }()

  static let sums: [Member] = [
    Member(name: "sum", bound: { terms * (200 * $0.sumOfSquares).squareRoot() }, shift: { $0.sum += $1 }),
    Member(name: "sumOfSquares", bound: { terms * $0.sumOfSquares }, shift: { $0.sumOfSquares += $1 }),
    Member(
      name: "sumOfCubes", bound: { terms * ($0.sumOfSquares * $0.sumOfFourths).squareRoot() },
      shift: { $0.sumOfCubes += $1 }),
    Member(name: "sumOfFourths", bound: { terms * $0.sumOfFourths }, shift: { $0.sumOfFourths += $1 }),
    Member(
      name: "sumOfLosses", bound: { terms * (200 * $0.sumOfSquares).squareRoot() },
      shift: { $0.sumOfLosses += $1 }),
    Member(
      name: "sumOfSquaredLosses", bound: { terms * $0.sumOfSquares }, shift: { $0.sumOfSquaredLosses += $1 }),
    Member(name: "growth", bound: { factors * $0.growth }, shift: { $0.growth += $1 }),
    Member(name: "highest", bound: { factors * $0.highest }, shift: { $0.highest += $1 }),
    Member(name: "lowest", bound: { _ in factors }, shift: { $0.lowest += $1 }),
    Member(name: "maximumDrawdown", bound: { _ in 2 * factors }, shift: { $0.maximumDrawdown += $1 }),
    Member(name: "grossProfit", bound: { factors * (20 + $0.grossProfit) }, shift: { $0.grossProfit += $1 }),
    Member(name: "grossLoss", bound: { factors * (20 + $0.grossProfit) }, shift: { $0.grossLoss += $1 }),
  ]

  static let counts: [Member] = [
    Member(name: "bars", bound: { _ in 0 }, shift: { $0.bars += Int($1) }),
    Member(name: "barsInMarket", bound: { _ in 0 }, shift: { $0.barsInMarket += Int($1) }),
    Member(name: "winningBars", bound: { _ in 0 }, shift: { $0.winningBars += Int($1) }),
    Member(name: "tradesClosed", bound: { _ in 0 }, shift: { $0.tradesClosed += Int($1) }),
    Member(name: "tradesWon", bound: { _ in 0 }, shift: { $0.tradesWon += Int($1) }),
    Member(name: "turnover", bound: { _ in 0 }, shift: { $0.turnover += $1 }),
  ]

  static func differences(_ found: Tally) -> [String] {
    TallyAgreement.differences(found, tally, unitRoundoff: roundoff)
  }

  @Test("equal tallies agree, and so does a tally without bars")
  func equal() {
    #expect(Self.differences(Self.tally).isEmpty)
    #expect(TallyAgreement.differences(Tally(), Tally(), unitRoundoff: 0).isEmpty)
  }

  @Test(
    "a sum beyond its bound is noticed, one inside of it is not, one that is undefined is", arguments: sums)
  func sum(member: Member) {
    for side in [-1.0, 1] {
      var found = Self.tally
      member.shift(&found, side * 1.001 * member.bound(Self.tally))
      #expect(Self.differences(found).count == 1)
      #expect(Self.differences(found).first?.hasPrefix(member.name + ":") == true)
      found = Self.tally
      member.shift(&found, side * 0.999 * member.bound(Self.tally))
      #expect(Self.differences(found) == [])
    }
    var undefined = Self.tally
    member.shift(&undefined, .nan)
    #expect(Self.differences(undefined).count == 1)
  }

  @Test("a count that is off by one is noticed", arguments: counts)
  func count(member: Member) {
    for side in [-1.0, 1] {
      var found = Self.tally
      member.shift(&found, side)
      #expect(Self.differences(found).count == 1)
      #expect(Self.differences(found).first?.hasPrefix(member.name + ":") == true)
    }
  }

  @Test("every member of a tally is compared")
  func nothingIsLeftOut() {
    let names = Mirror(reflecting: Self.tally).children.compactMap(\.label)
    #expect(Set(names) == Set((Self.sums + Self.counts).map(\.name)))
  }

  @Test("exact: equal bits, and undefined is equal to undefined alone")
  func exact() {
    let exact = Tolerance.exact
    #expect(exact.accepts(0.1, 0.1) && exact.accepts(.nan, .nan) && exact.accepts(.infinity, .infinity))
    #expect(!exact.accepts(1, 1.nextUp) && !exact.accepts(.nan, 0) && !exact.accepts(0, .nan))
    #expect(!exact.accepts(.infinity, -.infinity))
  }

  @Test(
    "rounding and statistical: at most the bound",
    arguments: [
      Tolerance.rounding(absolute: 0.25), .statistical(absolute: 0.25),
    ])
  func bounded(tolerance: Tolerance) {
    #expect(tolerance.accepts(1.25, 1) && tolerance.accepts(0.75, 1) && tolerance.accepts(.nan, .nan))
    #expect(tolerance.accepts(.infinity, .infinity))
    #expect(!tolerance.accepts(1.26, 1) && !tolerance.accepts(0.74, 1))
    #expect(!tolerance.accepts(.nan, 1) && !tolerance.accepts(1, .nan))
    #expect(!tolerance.accepts(.infinity, 1) && !tolerance.accepts(-.infinity, .infinity))
  }

  @Test("published: what rounds to the digits that are printed")
  func published() {
    let three = Tolerance.published(decimals: 3)
    #expect(three.accepts(1.2345, 1.235) && three.accepts(1.2354, 1.235) && three.accepts(.nan, .nan))
    #expect(!three.accepts(1.2344, 1.235) && !three.accepts(1.2356, 1.235) && !three.accepts(.nan, 1.235))
    #expect(
      Tolerance.published(decimals: 0).accepts(3.4, 3) && !Tolerance.published(decimals: 0).accepts(3.6, 3))
  }
}
