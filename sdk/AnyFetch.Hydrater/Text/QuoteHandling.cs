namespace AnyFetch.Hydrater.Text;

/// <summary>What the sanitiser does with the mails that a mail quotes.</summary>
public enum QuoteHandling
{
    /// <summary>They are HTML like any other.</summary>
    Keep,

    /// <summary>
    /// The containers that mail programs put around them get the class <see cref="MailQuote.Class"/>, since what told
    /// them apart, ids and
    /// styles, does not survive.
    /// </summary>
    Mark,

    /// <summary>Block quotations are left out.</summary>
    Drop,

    /// <summary>Block quotations are left out, and so is everything from the first known container on.</summary>
    Cut,
}
