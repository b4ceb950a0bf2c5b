import Kernels
import Statistics
import TestSupport
import Testing

@Suite struct ReturnMomentsTests {
  /// Rounding: sums of n terms in two passes, in units of the deviation.
  @Test(arguments: StatisticsFigures.matrices, [0, 3, 11])
  func agreeWithSciPy(name: String, column: Int) throws {
    let returns = try StatisticsFigures.matrix(name).column(column)
    let expected = try #require(try StatisticsFigures.values("moments", name)[String(column)])
    let moments = ReturnMoments(returns)
    let bound = 4 * Double(returns.count + 8) * UnitRoundoff.double
    #expect(moments.bars == returns.count)
    #expect(abs(moments.mean - expected[0]) < bound * expected[1].squareRoot())
    #expect(relativeError(moments.variance, expected[1]) < bound)
    #expect(abs(moments.skewness - expected[2]) < bound * expected[3])
    #expect(relativeError(moments.kurtosis, expected[3]) < bound)
  }

  @Test(arguments: StatisticsFigures.matrices)
  func fromATallyAreThoseOfTheReturns(name: String) throws {
    let returns = try StatisticsFigures.matrix(name).column(3)
    let direct = ReturnMoments(returns)
    let moments = ReturnMoments(tally(returns))
    let bound = 16 * Double(returns.count + 8) * UnitRoundoff.double
    #expect(abs(moments.sharpePerBar - direct.sharpePerBar) < bound)
    #expect(abs(moments.skewness - direct.skewness) < bound * direct.kurtosis)
    #expect(relativeError(moments.kurtosis, direct.kurtosis) < bound)
  }

  @Test(arguments: [0, 0.01, 0.1, 1e9])
  func constantReturnsHaveNoSharpe(value: Double) {
    let returns = Array(repeating: value, count: 31)
    for moments in [ReturnMoments(returns), ReturnMoments(tally(returns))] {
      #expect(moments.variance == 0)
      #expect(moments.sharpePerBar.isNaN && moments.skewness.isNaN && moments.kurtosis.isNaN)
    }
  }

  @Test func tooFewReturnsAreUndefined() {
    #expect(ReturnMoments([]).mean.isNaN && ReturnMoments(Tally()).mean.isNaN)
    #expect(ReturnMoments([0.1]).variance.isNaN && ReturnMoments([0.1]).mean == 0.1)
    #expect(ReturnMoments([0.1, .nan, 0.2]).sharpePerBar.isNaN)
    #expect(ReturnMoments([.nan, .nan]).variance.isNaN)
  }

  private func tally(_ returns: [Double]) -> Tally {
    var tally = Tally(bars: returns.count)
    for value in returns {
      tally.sum += value
      tally.sumOfSquares += value * value
      tally.sumOfCubes += value * value * value
      tally.sumOfFourths += value * value * value * value
    }
    return tally
  }
}
