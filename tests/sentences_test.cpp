#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "command/load.h"
#include "support.h"
#include "text/text_index.h"
#include "text/vocabulary.h"

namespace fakt {
namespace {

/// Texts with | where a sentence ends.
const std::vector<std::string> kGerman = {
    // Dates and ordinals.
    "Am 27. Januar verlor die Aktie stark.",
    "Die Frist endet am 3. März 2025.| Danach ist Schluss.",
    "Er kam am 5. Mai.| Der Zug hatte Verspätung.",
    "Im 3. Quartal stieg der Umsatz.",
    "Das Werk öffnet im 1. Halbjahr 2026 wieder.",
    "Sie wohnt im 4. Stock links.",
    "Der Kurs fiel im Januar.| Die Anleger zogen sich zurück.",
    "Das war im Mai 2024.| Im Juni kam die Wende.",
    "Am 12.03.2024 tagt der Rat.| Zuvor trifft sich der Ausschuss.",
    "Bis zum 31.12. läuft die Frist weiter.",
    "Vom 1. bis 3. Juni ist geschlossen.",
    "Das 20. Jahrhundert war kurz.",
    "Am Dienstag, dem 4. Februar, beginnt der Prozess.",
    "Es war der 9. November 1989.| In Berlin fiel die Mauer.",
    "Kaiser Wilhelm II. regierte bis 1918.",
    "Papst Johannes XXIII. berief das Konzil ein.",
    "Im Jahr 2015.| Damals war alles anders.",
    "Die Zahl stieg auf 2015.| Ein Rekord.",
    "Der Preis liegt bei 3,5.| Das ist viel.",
    // Abbreviations inside a sentence.
    "Das gilt z. B. für Banken.",
    "Das gilt z.B. für Banken.",
    "Dabei waren u. a. Siemens und Bosch.",
    "Er liefert u. a. Chips, d. h. Speicher.",
    "Es kamen ca. 482 Mrd. Euro zusammen.",
    "Der Bau kostet rd. 3 Mio. Euro.",
    "Rund 5 Mio. Dollar flossen ab.| Der Rest blieb.",
    "Laut Dr. Müller ist das falsch.",
    "Prof. Dr. Anna Weber leitet das Institut.",
    "Die Firma B. Riley senkte das Ziel.",
    "Analyst J. P. Meier winkte ab.",
    "Das schrieb Johann W. Goethe selbst.",
    "Lucas Cranach d. Gr. gibt es nicht.",
    "Plinius d. Ä. starb am Vesuv.",
    "Der FC St. Galler Land gewann.",
    "Die St. Galler Kantonalbank wächst.",
    "In St. Petersburg schneit es.",
    "Siehe Abs. 3 und Art. 12 der Ordnung.",
    "Es gilt § 5 Nr. 7 des Gesetzes.",
    "Das Haus in der Goethestr. 5 steht leer.",
    "Die Müller GmbH & Co. KG baut an.",
    "Apple Inc. und Intel Corp. streiten.",
    "Die Waren bzw. Dienste sind teuer, vgl. Seite 3.",
    "Der Wert lag bei max. 40 Grad.",
    "Die sog. Experten irrten.",
    "Er kaufte Brot, Milch usw. für alle.",
    "Sie hat Äpfel, Birnen usw.| Das reicht.",
    "Das Treffen mit Hrn. Schmidt fiel aus.",
    "Der Verein, gegr. 1899, feiert.",
    "Hans Meier (geb. Schulz) kam nicht.",
    "Das Buch erschien im Verlag o. J. in Wien.",
    "Die Firma zahlt i. d. R. pünktlich.",
    "Sie kam i. S. d. Gesetzes zu spät.",
    "Der Zins liegt bei 3 Prozent p. a. und steigt.",
    "Mindestens 30 Tsd. Besucher kamen.",
    "Die Strecke misst 5 km.| Sie ist neu.",
    // Ends that are none of a full stop, and quotation marks.
    "Wer zahlt?| Niemand weiß es.",
    "Halt!| Wer da?",
    "„Das ist gut.“| Er lachte.",
    "„Wir kaufen“, sagte sie.| Dann ging sie.",
    "Er rief: „Feuer!“ und lief.",
    "Sie fragte „Warum?“ und schwieg.",
    "(Das stimmt nicht.)| Der Rest schon.",
    "Und dann …| Nichts geschah.",
    "Na ja ... vielleicht.",
    "Er sagte: »Nein.«| Das war alles.",
    "Yahoo! gehört dazu.",
    // Numbers, addresses, names with dots.
    "Der Umsatz lag bei 1.234.567 Euro.| Das ist neu.",
    "Es ist 20.30 Uhr.| Alle warten.",
    "Die Seite heise.de berichtet.| Golem.de auch.",
    "Version 3.2.1 ist da.| Sie ist schnell.",
    "Der Hersteller AMD.| Der Rivale Intel.",
    "Die Firma sitzt in den USA.| Sie wächst.",
    "Das sagte die CDU.| Die SPD schwieg.",
    "Plan B.| Der half auch nicht.",
    "Vitamin C.| Das hilft.",
    // Lines and paragraphs.
    "Überschrift ohne Punkt\n|Der erste Satz.",
    "Erster Absatz\n\n|Zweiter Absatz",
    "Ein Satz.\n|Noch einer.",
    "Eine Zeile mit Umbruch, wie ihn Programme nach etwa siebzig\nZeichen setzen, damit das Fenster nicht zu breit "
    "wird und der\nLeser nicht die Zeile verliert; sie endet nicht am Zeilenende,\nsondern erst hier.| Danach folgt "
    "der zweite Satz dieser Probe.",
};

const std::vector<std::string> kEnglish = {
    // Numbers end sentences: ordinals have no full stop.
    "The quarter ended June 29.| Dell said that it was shipping servers.",
    "The stock closed at 40.| Apple fell as well.",
    "It sold 300.| Nvidia sold more.",
    "The fund was set up in 1998.| Merrill runs it.",
    "They meet on May 5.| The day after is a holiday.",
    "The plane is a 737 MAX 9.| Boeing makes it.",
    "The bill comes to $3.5.| That is a lot.",
    "Revenue rose 3.5 percent to 1.2 billion.| Costs fell.",
    "Turn to page 7.| 12 of the firms are named there.",
    "Version 3.2.1 is out.| It is fast.",
    // Abbreviations inside a sentence.
    "Mr. Smith met Mrs. Jones in St. Louis.",
    "Dr. Anna Weber leads the institute.",
    "Gov. Tom Reed and Sen. Ann Hill signed it.",
    "The U.S. Department of Justice sued Google.",
    "It happened in the U.S.| The company denied it.",
    "The U.S. said no.| The U.K. agreed.",
    "He works for the U.N. in Geneva.",
    "Apple Inc. and Intel Corp. are at odds.",
    "She joined Tesla Inc.| The carmaker paid well.",
    "It belongs to Acme Co. Ltd. of Taiwan.",
    "J. P. Morgan is a bank.",
    "John F. Kennedy spoke there.",
    "The ruling in Roe vs. Wade stood.",
    "It makes chips, e.g. Hopper, and boards, i.e. cards.",
    "The shop opens at 9 a.m. on Monday.",
    "The shop closes at 5 p.m.| The bar stays open.",
    "On Jan. 5 the firm filed for bankruptcy.",
    "From Sept. 1 the price is higher.",
    "See No. 5 and Fig. 3 of the report.",
    "The work of Meyer et al. Nature printed.",
    // Ends that are none of a full stop, and quotation marks.
    "Who pays?| Nobody knows.",
    "\"We sell,\" she said.| Then she left.",
    "“This is the right move.”| He smiled.",
    "He said: “No.”| That was all.",
    "Yahoo! is part of it.",
    "(That is wrong.)| The rest is right.",
    "And then …| Nothing happened.",
    // Names with dots.
    "Amazon.com said so.| Booking.com did not.",
    "Vitamin C.| That helps.",
    "It was Louis XIV.| The king died.",
    "Plan B.| It failed as well.",
    // Lines and paragraphs.
    "Headline without a stop\n|The first sentence.",
    "First paragraph\n\n|Second paragraph",
};

std::string without_marks(const std::string& row) {
  std::string text = row;
  std::erase(text, '|');
  return text;
}

}  // namespace

TEST_CASE("sentences") {
  PatternSets sets = load_patterns(Options{});
  auto check = [&](const std::string& language, const std::vector<std::string>& rows) {
    for (const auto& row : rows) {
      std::string text = without_marks(row);
      Vocabulary words;
      TextIndex index;
      find_tokens(text, words, index);
      find_sentences(text, sets.find(language)->language(), index);
      std::string found = text;
      for (std::size_t i = index.sentences.size(); i-- > 1;) {
        std::size_t end = index.sentences[i - 1].span.end;
        while (end < found.size() && found[end] == '\n') ++end;  // marks of the table stand behind line breaks
        found.insert(end, "|");
      }
      CHECK(found == row);
    }
  };
  check("de", kGerman);
  check("en", kEnglish);
}

TEST_CASE("every token lies in the sentence that it names") {
  PatternSets sets = load_patterns(Options{});
  for (std::string file : {"bank-halbjahr", "uebernahme-sensorik", "kernfusion-foerderung"}) {
    std::string text = read_file(FAKT_ROOT "/samples/" + file + ".txt");
    Vocabulary words;
    TextIndex index;
    find_tokens(text, words, index);
    find_sentences(text, sets.find("de")->language(), index);
    CHECK(index.sentences.size() > 15);
    std::uint32_t next = 0, end = 0;
    for (std::uint32_t i = 0; i < index.sentences.size(); ++i) {
      const Sentence& sentence = index.sentences[i];
      CHECK(sentence.span.begin >= end);
      CHECK(sentence.first_token == next);
      for (; next < sentence.last_token; ++next) CHECK(index.sentence_at(index.tokens[next].begin) == i);
      end = sentence.span.end;
    }
    CHECK(next == index.tokens.size());
  }
}

}  // namespace fakt
