/// k-fold cross-validation for labels that overlap in time.
public enum PurgedKFold {
  /// One split for each fold, which is its test range; the rest trains as far as it knows nothing of the
  /// test.
  ///
  /// Shapes and units: in bars. The label of bar t reads bars up to t + `horizon` (0 where it reads its own
  /// bar alone); `embargo` further bars after a test range are left out for the sake of serial correlation.
  /// Folds are equal; where the bars are not a multiple, the first have one more.
  ///
  /// Edge cases: a split may be left without training bars, where the purge takes them all.
  ///
  /// Errors: ``StatisticsError/split(_:found:needed:)``.
  ///
  /// Reference: López de Prado 2018, "Advances in financial machine learning", section 7.4.
  public static func splits(
    bars: Int, folds: Int, horizon: Int = 0, embargo: Int = 0
  ) throws(StatisticsError) -> [BarSplit] {
    try CombinatorialPurged(bars: bars, groups: folds, testGroups: 1, horizon: horizon, embargo: embargo)
      .splits
  }
}
