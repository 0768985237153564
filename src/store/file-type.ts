/**
 * CVSAnalY's types of files, told by a file's name alone, in lower case. The first type that fits counts: `ltmain.sh` is
 * part of the build, no code. So `.inc` and `.ini`, with all that have `.in` in their names, are build files.
 */
const TYPES: readonly (readonly [type: string, name: RegExp])[] = [
  [
    'image',
    ending(
      'png jpg jpeg bmp gif xbm eps mng pnm pbm ppm pgm gbr svg fig tif swf svgz shape sml bdf ico dia', // drawings too
    ),
  ],
  ['i18n', ending('po pot charset mo')],
  ['ui', either(ending('desktop ui xpm xcf 3ds theme kimap glade gtkbuilder'), /rc$/)],
  ['multimedia', ending('mp3 ogg wav au mid vorbis midi arts')],
  ['package', either(ending('tar tgz deb rpm srpm ebuild'), /\.tar.(gz|bz2)$/)],
  [
    'build',
    either(
      /\.in|configure|makefile|potfiles/,
      /(config|conf|cvsignore|mkinstalldirs|install-sh|rules|linguas)$/,
      /(config\.(sub|guess|status)|ltmain\.sh|autogen\.sh)$/,
      ending('cfg m4 mk mak make mbx protocol version kdelnk menu shlibs spec'),
    ),
  ],
  [
    'code',
    either(
      ending('c pc ec ecp cpp c++ cxx cc pcc cpy h hh hpp hxx ccg hg m y yy l ll lex xs s asm cs vim'),
      ending('sh csh awk sed pl pm pod perl cgi php php3 php4 inc py rb rhtml sql tcl tk itk exp js java class'),
      ending('ada ads adb pad cob cbl f f77 hs lhs el scm lsp jl ml ml3 m3 i3 p pas'),
      ending('idl gnorba oafinfo mcopclass autoforms atf gnuplot trm font schema fd cls pro ppd dlg plugin'),
      ending('patch diff ids upd'),
      /\.(dsp|dtd|bat|vala)/,
    ),
  ],
  [
    'documentation',
    either(
      ending('html htm xhtml phtml phtm shtml wml css xml xmi xsl dsl ent entities rdf tmpl templates sgml docbook'),
      ending('txt tex texi lyx djvu epub ref man manpages doc docs rtf wpd qt3 sdw odt en de es fr it cz'),
      /\.(ps|dvi|pdf)(\.gz|\.bz2)?$|\.[1-7]$/,
    ),
  ],
  [
    'devel-doc',
    either(
      /^(readme|changelog|todo|credits|authors|changes|news|install|hacking|copyright|licen[sc]e|copying|doxyfile$)/,
      /(manifest|faq|building|howto|design|files|subdirs|maintainers|developers|contributors|thanks|releasing)$/,
      /(test|testing|build|comments?|bugs|buglist|problems|debug|hacks|hacking|versions?|mappings|tips|ideas?)$/,
      /(spec|compiling|notes|missing|done)$/,
      ending('omf lsm kdevprj directory dox'),
    ),
  ],
];

/** The type CVSAnalY's FileTypes gives a file of this name (the last part of its path). */
export function fileType(name: string): string {
  // A newline at the end counts for nothing, as in Python's `$`.
  const text = name.toLowerCase().replace(/\n$/, '');
  return TYPES.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown';
}

function ending(extensions: string): RegExp {
  const list = extensions.split(' ').map((extension) => extension.replaceAll('+', '\\+'));
  return new RegExp(`\\.(${list.join('|')})$`);
}

function either(...patterns: RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'));
}
