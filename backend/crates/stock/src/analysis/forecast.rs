//! Demand that comes now and then: Croston (1972), its correction by Syntetos and Boylan (SBA, 2005), the method of
//! Teunter, Syntetos and Babai (TSB, 2011), and the plain mean; which of them would have been nearest lately; and how
//! much to keep so that a wanted share of demand is met from stock. Pure.
//!
//! Numbers here are estimates and not books, therefore floating.

use openapi::stock::analysis::{DemandPattern, ForecastMethod};

/// Weight of what came last, for sizes and for intervals.
pub const ALPHA: f64 = 0.1;

/// The methods in the order in which an equal result prefers them.
const METHODS: [ForecastMethod; 4] =
    [ForecastMethod::Sba, ForecastMethod::Tsb, ForecastMethod::Croston, ForecastMethod::Mean];

/// A forecast of the demand of one period, and how far it was off lately.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    pub method: ForecastMethod,
    pub mean: f64,
    /// Standard deviation of what came from what was forecast.
    pub spread: f64,
}

/// Croston: size and interval are smoothed when demand comes, each begun with the first that was seen.
pub fn croston(demand: &[f64], alpha: f64) -> f64 {
    let (mut state, mut gap) = (None::<(f64, f64)>, 0.0);
    for x in demand {
        gap += 1.0;
        if *x > 0.0 {
            state = Some(match state {
                Some((size, interval)) => (size + alpha * (x - size), interval + alpha * (gap - interval)),
                None => (*x, gap),
            });
            gap = 0.0;
        }
    }
    state.map_or(0.0, |(size, interval)| size / interval)
}

/// Croston without its bias: by 1 − α/2.
pub fn sba(demand: &[f64], alpha: f64) -> f64 {
    (1.0 - alpha / 2.0) * croston(demand, alpha)
}

/// TSB: the chance of demand is smoothed in each period, so that it falls while nothing comes; begun with the share of
/// the first periods up to and including the first demand.
pub fn tsb(demand: &[f64], alpha: f64, beta: f64) -> f64 {
    let (mut state, mut gap) = (None::<(f64, f64)>, 0.0);
    for x in demand {
        gap += 1.0;
        state = match state {
            Some((size, chance)) if *x > 0.0 => Some((size + alpha * (x - size), chance + beta * (1.0 - chance))),
            Some((size, chance)) => Some((size, chance - beta * chance)),
            None if *x > 0.0 => Some((*x, 1.0 / gap)),
            None => None,
        };
    }
    state.map_or(0.0, |(size, chance)| size * chance)
}

fn mean(demand: &[f64]) -> f64 {
    let (sum, count) = demand.iter().fold((0.0, 0.0), |(sum, count), x| (sum + x, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

fn by(method: ForecastMethod, demand: &[f64]) -> f64 {
    match method {
        ForecastMethod::Croston => croston(demand, ALPHA),
        ForecastMethod::Sba => sba(demand, ALPHA),
        ForecastMethod::Tsb => tsb(demand, ALPHA, ALPHA),
        ForecastMethod::Mean => mean(demand),
        ForecastMethod::Nothing => 0.0,
    }
}

/// The mean square by which a method would have missed each of the last third of the periods, knowing only those before.
/// Squares and not absolutes: a forecast of a mean is judged, and absolutes would praise the forecast of nothing.
fn missed(method: ForecastMethod, demand: &[f64]) -> f64 {
    let first = demand.len() - demand.len() / 3;
    let squares: Vec<f64> =
        (first..demand.len()).filter_map(|n| Some((demand.get(n)? - by(method, demand.get(..n)?)).powi(2))).collect();
    mean(&squares)
}

/// The forecast of the method that would have been nearest.
pub fn forecast(demand: &[f64]) -> Forecast {
    if demand.iter().all(|x| *x <= 0.0) {
        return Forecast { method: ForecastMethod::Nothing, mean: 0.0, spread: 0.0 };
    }
    let judged = METHODS.map(|method| (method, missed(method, demand)));
    let best = judged.into_iter().reduce(|best, next| if next.1 < best.1 { next } else { best });
    let (method, square) = best.unwrap_or((ForecastMethod::Mean, 0.0));
    // a third of few periods may have been quiet by chance: what varied in all of them counts as well
    let all = mean(demand);
    let varied = mean(&demand.iter().map(|x| (x - all).powi(2)).collect::<Vec<_>>());
    Forecast { method, mean: by(method, demand), spread: f64::max(square, varied).sqrt() }
}

/// How demand comes (Syntetos, Boylan and Croston 2005): intervals of 1.32 periods, squared variation of 0.49.
pub fn pattern(demand: &[f64]) -> DemandPattern {
    let sizes: Vec<f64> = demand.iter().copied().filter(|x| *x > 0.0).collect();
    if sizes.is_empty() {
        return DemandPattern::Nothing;
    }
    let share = mean(&demand.iter().map(|x| if *x > 0.0 { 1.0 } else { 0.0 }).collect::<Vec<_>>());
    let size = mean(&sizes);
    let varied = mean(&sizes.iter().map(|x| (x - size).powi(2)).collect::<Vec<_>>()) / size.powi(2);
    match (1.0 / share >= 1.32, varied >= 0.49) {
        (false, false) => DemandPattern::Smooth,
        (false, true) => DemandPattern::Erratic,
        (true, false) => DemandPattern::Intermittent,
        (true, true) => DemandPattern::Lumpy,
    }
}

/// What is kept in stock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Levels {
    /// Order when less than this is there.
    pub least: f64,
    /// Order up to this.
    pub target: f64,
}

/// The levels with which a share of demand is met from stock: `lead` and `cover` are in periods.
pub fn levels(forecast: Forecast, lead: f64, cover: f64, fill_rate: f64) -> Levels {
    let level = |periods: f64| {
        let (mean, spread) = (forecast.mean * periods, forecast.spread * periods.sqrt());
        if spread <= 0.0 {
            return mean;
        }
        // of the demand of a cover, this may go short
        let short = (1.0 - fill_rate) * forecast.mean * cover;
        f64::max(0.0, mean + safety(short / spread) * spread)
    };
    Levels { least: level(lead), target: level(lead + cover) }
}

/// The k at which a standard normal demand exceeds k by `loss` on the average; not below zero.
fn safety(loss: f64) -> f64 {
    let (mut low, mut high) = (0.0, 5.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if unit_loss(middle) > loss { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The standard normal loss function: what exceeds k on the average.
fn unit_loss(k: f64) -> f64 {
    let density = (-k * k / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    density - k * tail(k)
}

/// The chance that a standard normal number exceeds k >= 0 (Abramowitz and Stegun 26.2.17, to 7.5e-8).
fn tail(k: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * k);
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = series.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    (-k * k / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() * sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    /// By hand, from the recursions of the papers.
    #[test]
    fn each_method_does_what_its_paper_says() {
        let demand = [0.0, 2.0, 0.0, 0.0, 5.0, 1.0, 0.0];
        // sizes 2, 2 + 0.1·3, 2.3 − 0.1·1.3; intervals 2, 2 + 0.1·1, 2.1 − 0.1·1.1
        close(croston(&demand, 0.1), 2.17 / 1.99);
        close(sba(&demand, 0.1), 0.95 * 2.17 / 1.99);
        // chances 0.5, 0.45, 0.405, 0.4645, 0.51805, 0.466245
        close(tsb(&demand, 0.1, 0.1), 2.17 * 0.466_245);
    }

    /// Croston 1972: demand of the same size at the same interval is forecast exactly by size / interval; and just that
    /// is what SBA lowers by 1 − α/2.
    #[test]
    fn regular_demand_is_forecast_exactly() {
        let every = |interval: usize| (1..=48).map(|n| if n % interval == 0 { 8.0 } else { 0.0 }).collect::<Vec<_>>();
        for (interval, rate) in [(1, 8.0), (2, 4.0), (4, 2.0)] {
            close(croston(&every(interval), 0.1), rate);
            close(sba(&every(interval), 0.1), rate * 0.95);
        }
        close(tsb(&every(1), 0.1, 0.1), 8.0);
    }

    /// What Teunter, Syntetos and Babai wanted: a part that nobody asks for any more fades away, with Croston it stays.
    #[test]
    fn only_tsb_forgets_what_is_obsolete() {
        let mut demand = vec![3.0; 12];
        demand.extend([0.0; 24]);
        close(croston(&demand, 0.1), 3.0);
        close(tsb(&demand, 0.1, 0.1), 3.0 * 0.9_f64.powi(24));
        assert_eq!(forecast(&demand[..24]).method, ForecastMethod::Tsb, "and the back-test sees it");
    }

    #[test]
    fn nothing_is_forecast_from_nothing() {
        let nothing = forecast(&[0.0; 12]);
        assert_eq!((nothing.method, nothing.mean), (ForecastMethod::Nothing, 0.0));
        assert_eq!(levels(nothing, 0.25, 1.5, 0.95), Levels { least: 0.0, target: 0.0 });
        close(forecast(&[4.0; 12]).mean, 4.0);
    }

    #[test]
    fn patterns_are_told_apart_by_interval_and_variation() {
        assert_eq!(pattern(&[4.0, 5.0, 4.0, 5.0]), DemandPattern::Smooth);
        assert_eq!(pattern(&[1.0, 1.0, 20.0, 1.0]), DemandPattern::Erratic);
        assert_eq!(pattern(&[0.0, 4.0, 0.0, 5.0]), DemandPattern::Intermittent);
        assert_eq!(pattern(&[0.0, 1.0, 0.0, 20.0, 0.0, 1.0]), DemandPattern::Lumpy);
        assert_eq!(pattern(&[0.0; 4]), DemandPattern::Nothing);
    }

    /// The table of the unit normal loss function that textbooks print.
    #[test]
    fn the_loss_function_is_that_of_the_tables() {
        for (k, loss) in [(0.0, 0.3989), (0.5, 0.1978), (1.0, 0.0833), (1.5, 0.0293), (2.0, 0.0085), (3.0, 0.0004)] {
            assert!((unit_loss(k) - loss).abs() < 6e-5, "{k}: {}", unit_loss(k));
            assert!((safety(unit_loss(k)) - k).abs() < 1e-6);
        }
    }

    #[test]
    fn more_service_longer_ways_and_wilder_demand_want_more_stock() {
        let quiet = Forecast { method: ForecastMethod::Sba, mean: 10.0, spread: 2.0 };
        let wild = Forecast { spread: 8.0, ..quiet };
        let target = |f: Forecast, lead: f64, rate: f64| levels(f, lead, 1.0, rate).target;
        assert!(target(quiet, 0.25, 0.99) > target(quiet, 0.25, 0.9));
        assert!(target(quiet, 1.0, 0.95) > target(quiet, 0.25, 0.95));
        assert!(target(wild, 0.25, 0.95) > target(quiet, 0.25, 0.95));
        let both = levels(wild, 0.25, 1.0, 0.95);
        assert!(both.least < both.target);
    }
}
