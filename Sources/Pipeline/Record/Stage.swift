/// The steps of a sweep, in their order.
public enum Stage: String, CaseIterable, Sendable {
  case generate
  case backtest
  case select
  case measure
  case validate
  case visualize

  /// The stages that build on what this one makes.
  var later: ArraySlice<Stage> {
    Stage.allCases.drop { $0 != self }.dropFirst()
  }
}
