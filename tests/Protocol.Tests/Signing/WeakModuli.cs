namespace ActionMail.Protocol.Tests.Signing;

/// <summary>Moduli made for the tests of security J-01, by a program that knows their factors; base64, big-endian.</summary>
internal static class WeakModuli
{
    /// <summary>A prime.</summary>
    public const string Prime = """
        9iOsYSKuCQMiBCXdLmfb6VbIp/l1fzElLVOxBwczkaVLzuJqap30nAlUVJxCn9v3XaJBBoabfD1BknTUZe4o3v7Oa5iaMj6u+Gxns1oKyBAbC1qSyp8drsXh
        +1u2Q+30PIW5MLnwkg+SngTiEzEekdVhyrd+TRc9NE0Ey18PLAL9lViMXk7xC7FM9RlkzRcVZ9EZH9qAoL2RnpvH9KAtkqchPf6JMoKTIN1ThsnPCACLOhU1
        PxN7cFhWwypoeyU7GqYVqUtqVVGgYa4Uodv3ITmUaT6jrm5oUyNFG0qVkCrbFJ5HFL4Jq/k/5C6r0tnyn7k1NAgcUlNx4nOoeYSxGw==
        """;

    /// <summary>The square of a prime.</summary>
    public const string Square = """
        3+6k1rc4DOCy3TQAImUYvnMscH1xdhzvISc90krcNTCN9zACMfuMBoYJycheo80DJN4ljaJuHOS0bm2UpsWuR95hWs7IL+Vkc1QE/0L2UgG+Dx1qjW7i9TyO
        Z02eg/SVuee5Obr+uicn9AgyVjhLIVFPWK3m7pm7t+1rjBxPIB6VG3G0aMnwTtNSevPGzmJq8Etvfy9ie00crBEd6n3TN9AgxPjwwe18fYAOw28N9TcYmfwo
        gteWnxas4k1Zzm7/NQAt/IZatsQAGculronYZKDJcbJOgcXXUW5Rom12KYzYka/oShio2eDwW0mBt+k8gYhEmTuzgIhGqsJBTR1tYQ==
        """;

    /// <summary>The cube of a prime.</summary>
    public const string Cube = """
        CaB4SYtBKgvEgDq8TPodADLNw/kw7G+4Q2XKHNVzoY4MbHdm0KvulTC4PPm3ls4sEqvWn6j+n/8KQcDh362N3gbFecv0agO7QOoX3FkxLHF4UcMCI162h2TB
        Dkh0wNjH3uYJyz7Ayixw8ydNtuIqTPlPXDZygO6VegDO9keXHrrtw8wKWYFbLWNmNZwdGoHR6+bEW3JknChkkWFIXHNUNIg0mjzSh3ZkKXJLN4YCGU3T3qNy
        wC00EHYjAM2vAmMdYMDq9MHOtUZZUA8Ly1pqQfMedo95wFFCW51dO2/XltCiDBSWeNHWgNJQDAHas9nMrNTwylWXwYjZZSQBYUrJx0M=
        """;

    /// <summary>Two primes that Fermat's method finds in round 549.</summary>
    public const string ClosePrimes = """
        3srNyGK6Z+/VW28+J+Or6XXVP6XJzs3/rYv6MmH8PWzmLjj1bBinKp6NTd+uT35VhwdU5qXkIRoR7usLfJvV4Dmg+dKaOPAIaDepBj0DI4DUTesWStXjiQZE
        qqlj3ZWb3ExaLcXVIUUEqCcx8NU72aJAgc5l5iqlt7XIRuXuPIZw5dfEaM0HD8uD5qsuRJr6tx0UtV4QW4WaScZUL7fI5oa8AKtKY6tDkNjszIuFee2U8x7o
        BFnJFeoLLFu2vgxamMpWrSM7Pei8t9YfvmC6WXxkOZvJrDS4BZkUm2rYcMpoa1LiRnAITEgWegOcQ1PGFFU5C5L/ARSLCyVs8B0hQQ==
        """;

    /// <summary>Two primes of the form that the flaw ROCA has, for 126 primes in M.</summary>
    public const string Roca = """
        r2eOJSyZyBeB+SkOr0U7RClYo0Wz59TsnpcBwgydafGEfvD+TeEoXFNUh5eyqayeNi3tNqlfCaUrTO53SE0HhIdOnsFsryU4lqNYJhkRt6U5LGQWaN4FxXv2
        9zwncFkyyPkecfWvIrYpXF+ZQreu5yFjSTsvLYiIPAjg+/njBfG5BQw9WwX2dmmPWQhBIIii6Yt6IsrGT7C4huX28Gs4j7XQnHm8/yJQkqyEmy9h1EI6L/um
        da+Ga3D9yV7WzFQD5eM44rItZ4Td50elQUjV5R7BIgveRfTjck9ryNaoWuwwa8xUg0Nl7zuFj65bNuUvqHXQiP3DHkQmm9h4UUL5BQ==
        """;

    /// <summary>Two primes in which each 64-bit word has 20 random bits.</summary>
    public const string ShortSleeve = """
        nEAAAAAU2hYAAACupMymsmgAAE6rlCYueAAAkiyEV6wQAADGGKolNJgAAQu64rCBwAAA565DGgigAAGd6VAf2KgAAPJKff9MGAABioRqGFgAAAHuaYqBUSAA
        AkjIeLzH6AACh0qLp4WQAAMDK36BLLAAA3ipkJX2kAADYAmbv87AAAR7E2KA0AAAAzcSYUltAAADrNVuYmYAAAMBAG5dCwAAAwV90UbTAAACpMqYdkEAAAL+
        rh5IsAAAAgRIftc6AAACriT/hWMAAAIrOaa0iAAAAd3ZU86JAAAByL6ZAA8AAADoQ5wIqAAAARGdXLkLAAAAM4lNBXwAAAB3WYrrfw==
        """;

    /// <summary>9973 times a prime.</summary>
    public const string SmallFactor = """
        7tppCz6vVWz/FferCH/QpUMFzCslimgdbp5ZS6NQWpgcMMcWWFLTAJGD5X/OxljHixU6M74RlimDJ07Vf+bLHRCpjGTdJ8QM96OcwZGjPQQM1M5M9sC1qOyF
        Tw2UGI86jMq/j7hbLJKPKuUGQ2U6crNTjk3uwl9zLitiEX4Yr5I6s44sNF5O/IFt0GQLEUkhSZSMtPxhR+h8r40HjVHowuTFDF/FbsK3hIlCO4wtSsKtm+cK
        rgpmE2ckaXas/lPCIj1AefwsbIlWu5EtzrJ/JgfyqiH/JQ/e1yqYfNfDlgXt3N6oqzOaEnCZkvgUkFq/q03wmtvs9acDES45hpyODw==
        """;

    /// <summary>Two random primes: the positive control.</summary>
    public const string Good = """
        +tB0C8gDKEJlAgXcoTnJTHxgwGO8HVKB0pPOluo42XhxQDz4mK6XfytkrJrNgTG1klruIVsxsGkZ4SsHkEBUH4i8eywSvdfDCzDR+i8KdWzI3RB8PJHrstPM
        OT2Qbe/ycYuZWrtt7yrO+2HayPm77SpEYHure8CtYv7ElxkPD/nuUgGaeQChQBigXOpgmhHe94JotwmVTql0WoxETJI/FHIsiz5SNu5W9tQ6MNAZMqa2CeNL
        CKCf/1kGfiEg/XH394BU2/nFs5E9t+s7yZPW40eTcICIQtdlwGRs1LFRnUwfoVvE8lUAF5zZ4sxwj2/9TosSqpk/JjjtmQW3YVhQ+w==
        """;

    /// <summary>Two primes whose product has a hundred zeros in a row.</summary>
    public const string Run = """
        m1xygZMBvLo+yFf/ftHQZKy6xunv4wxliKit1utRzXsRIPxVz3cwIimtbkVXVa0kKx04eUEYNtBODpN4lQhOCF89RBzRZAgKd/Q1MJqXJ0bCJUVr/O9E6e4s
        a1wUfBEgVd5KTzzXuMu+VEG+kArHIVAAAAAAAAAAAAAAAAAABJa4X68TmYihXhTR6wGxtEVztKG4KDFC1uABODDAXXh5tZt/gKtgvERgqDfhFCLD4hUU9CZt
        6y3Aevit3ATzVHyI/6dyt2jzfVRMfemHx4++jyHZtiiuW29UNcEEkfXGo8BIZ4b7L510O720XYOf9nUQ9Nsqa6XWWWj5oq1p0kbL4Q==
        """;
}
