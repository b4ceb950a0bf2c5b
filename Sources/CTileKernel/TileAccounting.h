// Accounting for one scalar type and one kind of scores: SCALAR, lanes a register GROUP, names through TAGGED. Scores
// come from the parameters SCORES; BEGIN_SCORES declares what SCORE needs, which gives those of one bar, and bars are
// asked for in order. MEANWHILE(0) to MEANWHILE(3) are quarters of what else is to be done on each bar, placed between
// the instructions of the accounting. IN_PLACE is how functions are inlined.
// Vector values never cross a function that is not inlined: their calling convention differs between clones.

typedef SCALAR TAGGED(lanes) __attribute__((ext_vector_type(GROUP)));

#define LANES TAGGED(lanes)
#define MASK __typeof__((LANES){} > (LANES){})
#define LOAD(base, row) (*(const LANES *)((base) + (row) * FLUKE_LANES + lane))
#define STORE(base, row, value) (*(LANES *)((base) + (row) * FLUKE_LANES + lane) = (value))
#define LARGER(a, b) ((a) > (b) ? (a) : (b))
#define ABSOLUTE(v) __builtin_elementwise_abs(v)
#define SMALLER(a, b) ((a) < (b) ? (a) : (b))
/// Changes of position are counted over this many bars; with more bars than this that have any, they are frequent.
#define FEW_BARS 32
#define MOST_CHANGES 12
#define SOLVENT(step) (careful ? LARGER(step, zero) : (step))

/// Rule 4 for the lanes whose trade ends.
#define CLOSE_TRADES(mask)                                                    \
  {                                                                           \
    const MASK ends = (mask);                                                 \
    const LANES result = trade * (1 - cost) - one;                            \
    const MASK gains = ends & (result > zero);                                \
    closed = ends ? closed + one : closed;                                    \
    won = gains ? won + one : won;                                            \
    profit = gains ? profit + result : profit;                                \
    loss = ends & ~gains ? loss - result : loss;                              \
  }

/// Counts the observation `x` of some lanes, or takes it back.
#define OBSERVE(x, mask, sign)                                                \
  {                                                                           \
    const LANES square = x * x;                                               \
    const MASK gains = (mask) & (x > zero), falls = (mask) & (x < zero);      \
    winning = gains ? winning sign one : winning;                             \
    squares = (mask) ? squares sign square : squares;                         \
    cubes = (mask) ? cubes sign square * x : cubes;                           \
    fourths = (mask) ? fourths sign square * square : fourths;                \
    losses = falls ? losses sign x : losses;                                  \
    squared_losses = falls ? squared_losses sign square : squared_losses;     \
  }

/// The part of rule 5 that follows the path after `growth` and `ratio` have taken their step.
#define FOLLOW_PATH                                                           \
  highest = LARGER(highest, growth);                                          \
  lowest = SMALLER(lowest, growth);                                           \
  ratio = SMALLER(ratio, one);                                                \
  lowest_ratio = SMALLER(lowest_ratio, ratio);

/// The totals of one group of lanes. A group of singles takes two registers of doubles, which `totals` may not align to.
typedef double TAGGED(wide) __attribute__((ext_vector_type(GROUP), aligned(sizeof(double))));
#define WIDE TAGGED(wide)
#define TOTAL(row) (*(WIDE *)(totals + (row) * FLUKE_LANES + lane))
#define WIDENED(value) __builtin_convertvector(value, WIDE)

/// Folds what one group of lanes did over one call into its totals: the merge of two tallies, in double.
#define ADD(row, value) TOTAL(row) += WIDENED(value);

IN_PLACE void TAGGED(account_group)(const fluke_run *run, SCORES, const SCALAR *restrict parameters,
                                    const SCALAR *restrict facts, const SCALAR *restrict marks,
                                    SCALAR *restrict carry, double *restrict totals, double *restrict nets,
                                    int lane, const int long_short, const int careful, const int per_trade) {
  const LANES zero = 0, one = 1;
  const LANES entry = LOAD(parameters, FLUKE_ENTRY), leave = LOAD(parameters, FLUKE_EXIT);
  const SCALAR cost = (SCALAR)run->cost;
  const size_t decisions = run->decisions;
  // The bar whose position is closed at its end; `decisions` where none is.
  const size_t closing_bar = run->closes && decisions > 0 ? decisions - 1 : decisions;
  // Bars before `last_quick` may take the quick ways below, and those before `quick` do.
  const size_t last_quick = nets || run->ruinous ? 0 : closing_bar;
  size_t quick = last_quick;
  int bars_with_changes = 0;

  LANES held_position = LOAD(carry, FLUKE_POSITION), trade = LOAD(carry, FLUKE_TRADE_GROWTH);
  LANES gross = one, held = zero, latch = zero, stop = zero, target = zero, holding = zero;
  if (careful) {
    gross = LOAD(carry, FLUKE_GROSS_GROWTH);
    held = LOAD(carry, FLUKE_HELD);
    latch = LOAD(carry, FLUKE_LATCH);
    stop = LOAD(parameters, FLUKE_STOP);
    target = LOAD(parameters, FLUKE_TARGET);
    holding = LOAD(parameters, FLUKE_HOLDING);
  }

  // What the bar before `entering_until` bore for entering, if the position is still that of then.
  LANES entering = zero;
  size_t entering_until = 0;
  if (per_trade) entering = LOAD(carry, FLUKE_ENTERING);

  LANES in_market = zero, winning = zero, turnover = zero;
  LANES sum = zero, squares = zero, cubes = zero, fourths = zero, losses = zero, squared_losses = zero;
  LANES growth = one, highest = one, lowest = one, ratio = one, lowest_ratio = one;
  LANES closed = zero, won = zero, profit = zero, loss = zero;

  BEGIN_SCORES
  for (size_t bar = 0, end = 0; bar < decisions; bar++) {
    if (bar == end) {
      // Where changes are frequent, a branch that is often guessed wrong costs more than the quick ways save.
      quick = bars_with_changes > MOST_CHANGES ? 0 : last_quick;
      bars_with_changes = 0;
      end += FEW_BARS;
    }
    const LANES score = SCORE(bar);
    const LANES before = held_position;
    const SCALAR *fact = facts + (bar + 1) * FLUKE_FACTS;
    MEANWHILE(0)

    // Rule 1: the position. A score that is not a number fails every comparison and gives 0.
    LANES position = long_short ? (ABSOLUTE(score) >= leave ? before : zero) : (score >= leave ? before : zero);
    if (long_short) position = score < -entry ? -one : position;
    position = score > entry ? one : position;

    // Rule 2: stops.
    if (careful) {
      const LANES signal = score > entry ? one : (long_short ? (score < -entry ? -one : zero) : zero);
      const LANES known = gross * (one + before * marks[bar]);
      latch = signal == latch ? latch : zero;
      position = ((latch != zero) & (position == latch)) ? zero : position;
      const MASK stopped = (position == before) & (before != zero)
          & ((known <= stop) | (known >= target) | (held >= holding));
      latch = stopped ? signal : latch;
      position = stopped ? zero : position;
      gross = position == before ? gross * (one + before * facts[bar * FLUKE_FACTS + FLUKE_RETURN]) : one;
      held = position == zero ? zero : (position == before ? held + one : one);
    }

    MEANWHILE(1)
    const MASK changes = position != before, holds = position != zero;
    const int any_changes = __builtin_reduce_or(changes) != 0;
    if (bar < quick && !any_changes) {
      MEANWHILE(2)
      MEANWHILE(3)
      // The first quick way: no lane has a position, or will get one.
      if (!__builtin_reduce_or(holds)) continue;

      // The second: positions stay. What is added is then a fact of the bar, the same in every lane that holds, and
      // the same bits as below, since a product with 1 or -1 is exact.
      in_market = holds ? in_market + one : in_market;
      squares = holds ? squares + fact[FLUKE_SQUARE] : squares;
      fourths = holds ? fourths + fact[FLUKE_FOURTH] : fourths;
      if (long_short) {
        const LANES earned = position * fact[FLUKE_RETURN], fall = SMALLER(earned, zero), step = one + earned;
        winning = earned > zero ? winning + one : winning;
        sum += earned;
        cubes += position * fact[FLUKE_CUBE];
        losses += fall;
        squared_losses += fall * fall;
        trade *= step;
        growth *= step;
        ratio *= step;
      } else {
        const LANES step = fact[FLUKE_STEP];
        winning = holds ? winning + fact[FLUKE_WIN] : winning;
        sum = holds ? sum + fact[FLUKE_RETURN] : sum;
        cubes = holds ? cubes + fact[FLUKE_CUBE] : cubes;
        losses = holds ? losses + fact[FLUKE_FALL] : losses;
        squared_losses = holds ? squared_losses + fact[FLUKE_SQUARED_FALL] : squared_losses;
        trade = holds ? trade * step : trade;
        growth = holds ? growth * step : growth;
        ratio = holds ? ratio * step : ratio;
      }
      FOLLOW_PATH
      continue;
    }

    bars_with_changes += any_changes;

    // What the trade earns: a change costs it one unit, that of opening; closing is charged in CLOSE_TRADES.
    const LANES earned = position * fact[FLUKE_RETURN];
    const LANES of_trade = changes ? earned - cost : earned;

    // Rule 3: the net return. Long only that is the same, for positions change by 1; from side to side they change by 2.
    LANES net = of_trade;
    const LANES size = long_short ? ABSOLUTE(position) : position;
    if (long_short) {
      const LANES changed = ABSOLUTE(position - before);
      net = earned - cost * changed;
      turnover += changed;
    }
    if (__builtin_expect(bar == closing_bar, 0)) {
      net -= cost * size;
      if (long_short) turnover += size;
    }

    MEANWHILE(2)

    // Rule 4: the trade; what it is while there is none does not matter.
    const MASK closes = changes & (before != zero);
    CLOSE_TRADES(closes)
    const LANES grown = SOLVENT(one + of_trade);
    trade = changes ? grown : trade * grown;

    MEANWHILE(3)

    // Rule 5: the sum and the path.
    const LANES step = SOLVENT(one + net);
    in_market += size;
    sum += net;
    growth *= step;
    ratio *= step;
    FOLLOW_PATH

    // Rule 6: the observations.
    LANES observed = net;
    if (per_trade) {
      // Rule 6b: the last bar, of which only now it is known that it was a position's last.
      const LANES borne = bar == entering_until ? entering : zero;
      const LANES last = before * facts[bar * FLUKE_FACTS + FLUKE_RETURN] - borne, left = last - cost;
      OBSERVE(last, closes, -)
      OBSERVE(left, closes, +)
      // Rule 6a: this bar.
      entering = changes & holds ? (LANES)cost : zero;
      entering_until = bar + 1;
      observed = holds ? of_trade : zero;
      if (__builtin_expect(bar == closing_bar, 0)) observed -= cost * size;
    }
    const MASK loses = observed < zero;
    const LANES square = observed * observed;
    winning = observed > zero ? winning + one : winning;
    squares += square;
    cubes += square * observed;
    fourths += square * square;
    losses = loses ? losses + observed : losses;
    squared_losses = loses ? squared_losses + square : squared_losses;
    held_position = position;
    if (nets) {
      double *const row = nets + bar * FLUKE_LANES + lane;
      for (int i = 0; i < GROUP; i++) row[i] = (double)net[i];
      if (run->positions_at) {
        for (int i = 0; i < GROUP; i++) row[run->positions_at + i] = (double)position[i];
      }
    }
  }

  // Rule 3: a segment ends flat.
  if (closing_bar < decisions) {
    CLOSE_TRADES(held_position != zero)
    held_position = zero;
    trade = one;
    gross = one;
    held = zero;
    latch = zero;
    entering = zero;
  }

  // Long only, changes are openings and closings, and openings are closings and what is held now less what was held
  // before: whole numbers, and so exact.
  if (!long_short) turnover = closed + closed + held_position - LOAD(carry, FLUKE_POSITION);

  STORE(carry, FLUKE_POSITION, held_position);
  STORE(carry, FLUKE_TRADE_GROWTH, trade);
  if (per_trade) {
    STORE(carry, FLUKE_ENTERING, decisions == entering_until ? entering : zero);
  }
  if (careful) {
    STORE(carry, FLUKE_GROSS_GROWTH, gross);
    STORE(carry, FLUKE_HELD, held);
    STORE(carry, FLUKE_LATCH, latch);
  }

  ADD(FLUKE_BARS_IN_MARKET, in_market)
  ADD(FLUKE_WINNING_BARS, winning)
  ADD(FLUKE_SUM, sum)
  ADD(FLUKE_SUM_OF_SQUARES, squares)
  ADD(FLUKE_SUM_OF_CUBES, cubes)
  ADD(FLUKE_SUM_OF_FOURTHS, fourths)
  ADD(FLUKE_SUM_OF_LOSSES, losses)
  ADD(FLUKE_SUM_OF_SQUARED_LOSSES, squared_losses)
  ADD(FLUKE_TURNOVER, turnover)
  ADD(FLUKE_TRADES_CLOSED, closed)
  ADD(FLUKE_TRADES_WON, won)
  ADD(FLUKE_GROSS_PROFIT, profit)
  ADD(FLUKE_GROSS_LOSS, loss)

  const WIDE before = TOTAL(FLUKE_GROWTH), high = TOTAL(FLUKE_HIGHEST), low = TOTAL(FLUKE_LOWEST);
  const WIDE new_high = before * WIDENED(highest), new_low = before * WIDENED(lowest);
  const WIDE within = 1 - WIDENED(lowest_ratio), across = 1 - new_low / high;
  const WIDE drawdown = LARGER(within, TOTAL(FLUKE_DRAWDOWN));
  // What is not a number, from growth beyond all bounds, loses the comparison.
  TOTAL(FLUKE_DRAWDOWN) = LARGER(across, drawdown);
  TOTAL(FLUKE_HIGHEST) = LARGER(new_high, high);
  TOTAL(FLUKE_LOWEST) = SMALLER(new_low, low);
  TOTAL(FLUKE_GROWTH) = before * WIDENED(growth);
}
