"""The words of an invented cabinet, in about the proportions of a real one."""

RULERS = """
Augustus -27 14|Tiberius 14 37|Caligula 37 41|Claudius 41 54|Nero 54 68|Galba 68 69|Otho 69 69|
Vitellius 69 69|Vespasian 69 79|Titus 79 81|Domitian 81 96|Nerva 96 98|Trajan 98 117|Hadrian 117 138|
Antoninus Pius 138 161|Faustina the Elder 138 141|Marcus Aurelius 161 180|Lucius Verus 161 169|
Faustina the Younger 147 175|Commodus 177 192|Pertinax 193 193|Septimius Severus 193 211|Julia Domna 193 217|
Caracalla 198 217|Geta 209 211|Macrinus 217 218|Elagabalus 218 222|Severus Alexander 222 235|
Maximinus Thrax 235 238|Balbinus 238 238|Pupienus 238 238|Gordian III 238 244|Philip the Arab 244 249|
Trajan Decius 249 251|Trebonianus Gallus 251 253|Valerian 253 260|Gallienus 253 268|Salonina 254 268|
Postumus 260 269|Victorinus 269 271|Tetricus I 271 274|Claudius Gothicus 268 270|Aurelian 270 275|
Tacitus 275 276|Probus 276 282|Carus 282 283|Numerian 283 284|Carinus 283 285|Diocletian 284 305|
Maximian 286 305|Carausius 286 293|Allectus 293 296|Constantius I 305 306|Galerius 305 311|Maxentius 306 312|
Licinius 308 324|Constantine the Great 306 337|Crispus 317 326|Constantine II 337 340|Constans 337 350|
Constantius II 337 361|Julian 361 363|Jovian 363 364|Valentinian I 364 375|Valens 364 378|Gratian 367 383|
Theodosius I 379 395|Arcadius 395 408|Honorius 393 423|Alexander the Great -336 -323|Philip II -359 -336|
Ptolemy I -305 -282|Seleucus I -305 -281|Lysimachus -305 -281|Antiochus IV -175 -164|Mithradates II -121 -91|
Justinian I 527 565|Heraclius 610 641|Basil II 976 1025|Offa 757 796|William the Conqueror 1066 1087|
Edward I 1272 1307|Frederick II 1198 1250|Louis IX 1226 1270|Elizabeth I 1558 1603|Maria Theresa 1740 1780|
Louis XIV 1643 1715|Charles III 1759 1788|Victoria 1837 1901|Napoleon III 1852 1870|Wilhelm II 1888 1918|
Franz Joseph I 1848 1916|Nicholas II 1894 1917|George V 1910 1936|Elizabeth II 1952 2022
"""
STATES = """
Roman Republic -211 -27|Athens -454 -294|Corinth -375 -300|Syracuse -485 -212|Tarentum -302 -228|
United States of America 1793 2024|France 1801 2024|Germany 1871 2024|Italy 1861 2024|Spain 1868 2024|
Austria 1892 2024|Switzerland 1850 2024|Netherlands 1816 2024|Belgium 1832 2024|Portugal 1835 2024|
Japan 1870 2024|Canada 1858 2024|Mexico 1823 2024|Finland 1917 2024|San Marino 1864 2024
"""
DENOMINATIONS = {
    "ancient": "Denarius|Antoninianus|Sestertius|Dupondius|As|Aureus|Quinarius|Follis|Nummus|Siliqua|"
    "Solidus|Tetradrachm|Drachm|Stater|Obol",
    "medieval": "Penny|Groat|Gros tournois|Denier|Hyperpyron|Follis|Solidus|Taler|Ducat",
    "modern": "Cent|Nickel|Dime|Quarter dollar|Half dollar|Dollar|5 Francs|10 Francs|20 Francs|1 Mark|"
    "2 Mark|3 Mark|5 Mark|20 Mark|1 Lira|20 Lire|5 Pesetas|1 Krone|Sovereign|Shilling|Halfcrown|1 Euro|"
    "2 Euro|50 Euro cent|10 Kreuzer|Gulden|100 Yen|Rouble",
}
MINTS = {
    "ancient": "Rome|Lugdunum|Antioch|Alexandria|Siscia|Nicomedia|Cyzicus|Heraclea|Thessalonica|Treveri|"
    "Londinium|Ticinum|Mediolanum|Arelate|Constantinople|Sirmium|Emesa|Laodicea|Athens|Corinth|Syracuse|"
    "Amphipolis|Babylon|Pella",
    "medieval": "London|Canterbury|York|Paris|Tours|Venice|Florence|Prague|Vienna|Cologne|Constantinople|Ravenna",
    "modern": "Philadelphia|Denver|San Francisco|Carson City|New Orleans|Paris|Berlin|Munich|Stuttgart|Karlsruhe|"
    "Hamburg|London|Vienna|Kremnica|Madrid|Rome|Bern|Utrecht|Brussels|Lisbon|Osaka|Ottawa|Mexico City",
}
METALS = ["Silver", "Billon", "Bronze", "Copper", "Brass", "Gold", "Electrum", "Nickel", "Copper-nickel",
          "Zinc", "Bimetallic"]  # fmt: skip
REGIONS = ["Italy", "Gaul", "Britain", "Greece", "Macedon", "Asia Minor", "Syria", "Egypt", "Persia",
           "Germany", "France", "Spain", "Iberia", "United States", "Balkans", "Low Countries"]  # fmt: skip
DEITIES = ["Pax", "Victory", "Jupiter", "Roma", "Fortuna", "Concordia", "Salus", "Mars", "Sol", "Minerva",
           "Hercules", "Providentia", "Aequitas", "Securitas", "Virtus", "Liberty"]  # fmt: skip
GESTURES = ["standing left, holding branch and sceptre", "seated left on throne, holding patera",
            "advancing right, holding trophy over shoulder", "standing facing, head left, holding scales",
            "in quadriga left, raising hand", "leaning on column, legs crossed"]  # fmt: skip
LEGENDS = ["P M TR P COS III P P", "S P Q R OPTIMO PRINCIPI", "CONCORDIA AVGG", "VICTORIA AVG",
           "PROVIDENTIA DEORVM", "FEL TEMP REPARATIO", "GLORIA EXERCITVS", "SOLI INVICTO COMITI",
           "LIBERTY", "E PLVRIBVS VNVM", "DEUTSCHES REICH", "REPUBLIQUE FRANÇAISE"]  # fmt: skip
PLACES = {
    "Bank safe": 12,
    "Study cabinet": 40,
    "Bedroom wall": 6,
    "Album shelf": 24,
    "Travel case": 4,
}
TAGS = ["Roman › Silver", "Roman › Bronze", "Roman › Gold", "Roman › Provincial", "Greek › Archaic",
        "Greek › Classical", "Greek › Hellenistic", "Medieval › England", "Medieval › France", "Modern › Crowns",
        "Modern › Commemoratives", "Toned", "Favourite", "Ex hoard", "To photograph", "To research",
        "Pedigreed", "Doubtful", "For exchange", "Gift"]  # fmt: skip
HOUSES = [
    "Leu",
    "Roma",
    "Künker",
    "Gorny",
    "CNG",
    "A dealer in town",
    "Coin fair",
    "A friend",
    "Inheritance",
]
NOTES = [
    "Bought because of the portrait.",
    "Light porosity on the reverse; the weight is still good.",
    "Compare with the plate coin. The tooling was mentioned in the catalogue and is visible only at 10×.",
    "Old cabinet toning.",
    "",
    "",
    "",
]
GRADES = [
    "VG",
    "F",
    "gF",
    "aVF",
    "VF",
    "VF",
    "VF",
    "gVF",
    "aEF",
    "EF",
    "EF",
    "gEF",
    "AU",
    "UNC",
    "FDC",
]
SLABBED = ["VF-30", "XF-45", "AU-55", "MS-62", "MS-63", "MS-64", "MS-65", "MS-66"]
STATUSES = {
    "owned": 84,
    "wanted": 5,
    "sold": 5,
    "for_sale": 2,
    "draft": 2,
    "ordered": 1,
    "bidding": 1,
}
EXTRAS = ["missing", "given"]
ROWS = {"ancient": "RIC|RSC|Cohen|BMC", "medieval": "Spink|Metcalf", "modern": "KM|Y|Gadoury"}
