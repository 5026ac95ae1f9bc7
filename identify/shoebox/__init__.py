"""A photo with many coins becomes coins:

file -> inspect (or refuse) -> Tray -> [queue] spread: where coins lie -> circles, numbered -> a person keeps,
pairs, moves, adds -> [queue] each circle cut from the original -> a draft coin with its photos -> photo_added

`circles` is pure; `working` is what a worker does."""
