using CsCheck;

namespace ActionMail.Tests;

/// <summary>
/// Cases drawn from a fixed seed, all of them: the library's own <c>Sample</c> takes its seed for the first case alone and draws the others by chance, so that a
/// run could fail which nobody can repeat.
/// </summary>
internal static class FixedCases
{
    extension<T>(Gen<T> cases)
    {
        /// <summary>Checks the first <paramref name="iter"/> cases of a seed; a failure names its case.</summary>
        public void SampleFixed(Action<T> check, string seed, int iter)
        {
            var random = PCG.Parse(seed);
            for (var i = 0; i < iter; i++)
            {
                var drawn = cases.Generate(random, null, out _);
                try
                {
                    check(drawn);
                }
                catch (Exception failure)
                {
                    throw new Xunit.Sdk.XunitException($"case {i} of seed {seed}: {Check.Print(drawn)}\n{failure.Message}", failure);
                }
            }
        }
    }

    extension<T>(Gen<T> cases)
    {
        /// <summary>As with a check that throws: each case must hold.</summary>
        public void SampleFixed(Func<T, bool> holds, string seed, int iter) => cases.SampleFixed(each => Assert.True(holds(each)), seed, iter);
    }

    extension<T1, T2>(Gen<(T1, T2)> cases)
    {
        /// <summary>As for one value.</summary>
        public void SampleFixed(Action<T1, T2> check, string seed, int iter) => cases.SampleFixed(each => check(each.Item1, each.Item2), seed, iter);
    }

    extension<T1, T2, T3>(Gen<(T1, T2, T3)> cases)
    {
        /// <summary>As for one value.</summary>
        public void SampleFixed(Action<T1, T2, T3> check, string seed, int iter) => cases.SampleFixed(each => check(each.Item1, each.Item2, each.Item3), seed, iter);
    }

    extension<T1, T2, T3, T4>(Gen<(T1, T2, T3, T4)> cases)
    {
        /// <summary>As for one value.</summary>
        public void SampleFixed(Action<T1, T2, T3, T4> check, string seed, int iter) =>
            cases.SampleFixed(each => check(each.Item1, each.Item2, each.Item3, each.Item4), seed, iter);
    }

    extension<T1, T2, T3, T4, T5>(Gen<(T1, T2, T3, T4, T5)> cases)
    {
        /// <summary>As for one value.</summary>
        public void SampleFixed(Action<T1, T2, T3, T4, T5> check, string seed, int iter) =>
            cases.SampleFixed(each => check(each.Item1, each.Item2, each.Item3, each.Item4, each.Item5), seed, iter);
    }
}
